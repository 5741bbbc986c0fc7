import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Eta } from 'eta'
import { formatDistance, formatDuration } from '../query/duration.ts'
import { type KeyValue, textOf } from '../receiver/any-value.ts'
import { clock, since } from './clock.ts'

const folder = join(import.meta.dirname, 'views')

/** The templates; they are given what is known, and have here, as `this`, how it is written. */
export class Views extends Eta {
  readonly duration = formatDuration
  readonly distance = formatDistance
  readonly since = since
  readonly clock = clock

  constructor() {
    super({ views: folder, cache: true })
    // By name, since a path is looked up anew for each of thousands of rows.
    this.loadTemplate('@row', readFileSync(join(folder, 'row.eta'), 'utf8'))
  }

  /** A share of a whole as an attribute of SVG. */
  percent(share: number): string {
    return `${(share * 100).toFixed(3)}%`
  }

  /** Attributes as text, by key. */
  facts(attributes: KeyValue[] = []) {
    return attributes
      .map(({ key, value }) => ({ key, text: textOf(value) }))
      .sort((a, b) => (a.key < b.key ? -1 : 1))
  }
}
