import { z } from 'zod'
import type { Store } from '../../store/store.ts'
import { summariesOf, type TraceSummary } from '../../store/summaries.ts'

/** As many traces with the correlation id on each side of the current one, and as many linked ones in all. */
const MOST = { each: 20, linked: 40 }

/** A trace's place in a story; `link` is what leads from the current one to it. */
export interface StoryPart extends TraceSummary {
  link: 'to' | 'from' | 'indirect' | undefined
}

/** Traces that belong together: with one correlation id, or linked; in the order of their start. */
export interface Story {
  /** None where a trace belongs with no other. */
  parts: StoryPart[]
  /** Traces with the correlation id that are left out, of so many that the nearest have to do. */
  sameLeftOut: number
  /** Whether linked ones are left out. */
  linkedLeftOut: boolean
}

/** The story that a trace is part of, itself included; links are followed both ways, from trace to trace. */
export function storyOf(store: Store, traceId: string): Story {
  const same = sameCorrelation(store, traceId)
  const { reached, complete } = followLinks(store, [traceId, ...same.ids])
  // To sum up a trace of thousands of spans takes longer than its head does otherwise.
  if (reached.size === 1) return { parts: [], sameLeftOut: 0, linkedLeftOut: false }
  const numbers = store.db
    .prepare('SELECT seq FROM traces WHERE trace_id IN (SELECT value FROM json_each(?))')
    .all(JSON.stringify([...reached]))
    .map((row) => z.object({ seq: z.number() }).parse(row).seq)
  const linkOf = directions(store, traceId, new Set([traceId, ...same.ids]))
  // The latest number comes first; of two that start at once, the first to arrive is the first here.
  const parts = summariesOf(store.db, numbers)
    .reverse()
    .map((summary) => ({ ...summary, link: linkOf(summary.traceId) }))
    .sort((a, b) => (a.start === b.start ? 0 : a.start < b.start ? -1 : 1))
  return { parts, sameLeftOut: same.leftOut, linkedLeftOut: !complete }
}

/** The traces with the correlation id of this one that are nearest to it in time, itself left out. */
function sameCorrelation({ db }: Store, traceId: string): { ids: string[]; leftOut: number } {
  const row = db.prepare('SELECT correlation_id AS id, start FROM traces WHERE trace_id = ?')
  const { id, start } = ownRow.parse(row.get(traceId) ?? { id: null, start: '' })
  if (id === null) return { ids: [], leftOut: 0 }
  const near = (condition: string) =>
    db
      .prepare(
        `SELECT trace_id AS traceId FROM correlations c JOIN traces t ON t.seq = c.trace
         WHERE c.correlation_id = ? AND ${condition}`,
      )
      .all(id, start, traceId, MOST.each)
      .map((each) => z.object({ traceId: z.string() }).parse(each).traceId)
  const ids = [
    ...near('start <= ? AND trace_id <> ? ORDER BY start DESC LIMIT ?'),
    ...near('start > ? AND trace_id <> ? ORDER BY start LIMIT ?'),
  ]
  const count = db
    .prepare('SELECT count(*) AS traces FROM correlations WHERE correlation_id = ?')
    .get(id)
  const { traces } = z.object({ traces: z.number() }).parse(count)
  return { ids, leftOut: traces - ids.length - 1 }
}

const ownRow = z.object({ id: z.string().nullable(), start: z.string() })

/** What links reach from these traces on, with them; `complete` where nothing had to be left out. */
function followLinks({ links }: Store, from: readonly string[]) {
  const reached = new Set(from)
  const most = reached.size + MOST.linked
  // Of so many neighbours one at least is new, or there are no more.
  const enough = most + 1
  // The set grows while it is walked, and names each trace once: circles end.
  for (const traceId of reached)
    for (const other of [
      ...links.tracesFrom(traceId, enough),
      ...links.tracesTo(traceId, enough),
    ]) {
      if (reached.size >= most && !reached.has(other)) return { reached, complete: false }
      reached.add(other)
    }
  return { reached, complete: true }
}

function directions({ links }: Store, traceId: string, known: ReadonlySet<string>) {
  const most = known.size + MOST.linked + 1
  const to = new Set(links.tracesFrom(traceId, most))
  const from = new Set(links.tracesTo(traceId, most))
  return (other: string): StoryPart['link'] => {
    if (to.has(other)) return 'to'
    if (from.has(other)) return 'from'
    return known.has(other) ? undefined : 'indirect'
  }
}
