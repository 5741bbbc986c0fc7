const levels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'none']

/** The rows of a waterfall in their order, each `{ html, id, spanId, below, level, folded }`; spans have no level. */
export class RowTree {
  #all
  /** The lowest level of which log lines are shown. */
  level

  constructor(html, level) {
    this.#all = html.map(rowOf)
    this.level = level
  }

  /** The row of a span, or the first of its log lines. */
  ofSpan(spanId) {
    return this.#all.find((row) => row.spanId === spanId && row.level === undefined)
  }
  lineOf(spanId) {
    return this.#all.find((row) => row.spanId === spanId && row.level !== undefined)
  }

  /** The rows with these ids that are not hidden by the level. */
  withIds(ids) {
    return this.#all.filter((row) => ids.has(row.id) && this.#isOfLevel(row))
  }

  /** What is shown of all rows, below those that are folded and of the level. */
  shown() {
    const shown = []
    for (let index = 0; index < this.#all.length; index++) {
      const row = this.#all[index]
      if (this.#isOfLevel(row)) shown.push(row)
      if (row.folded) index += row.below
    }
    return shown
  }

  /** Unfolds what hides a row, and answers whether anything did. */
  unfold(row) {
    const at = this.#all.indexOf(row)
    const hides = (each, index) => each.folded && index < at && at <= index + each.below
    const hiding = this.#all.filter(hides)
    for (const each of hiding) each.folded = false
    return hiding.length > 0
  }

  #isOfLevel({ level }) {
    return level === undefined || levels.indexOf(level) >= levels.indexOf(this.level)
  }
}

const head = /^<li [^>]*?id="([^"]+)" data-(?:below="(\d+)|level="(\w+))"(?: data-span="(\w+)")?/

function rowOf(html) {
  const [, id, below = 0, level, line] = head.exec(html)
  return { html, id, below: Number(below), level, spanId: level ? line : id.slice(2) }
}
