import type { Database } from '../../store/database.ts'
import type { Store } from '../../store/store.ts'
import { summariesOf } from '../../store/summaries.ts'
import { type NamedTrace, named } from '../list/trace-name.ts'

/** As many traces with the correlation id on each side of the current one, and as many linked ones in all. */
const MOST = { each: 20, linked: 40 }

/** A trace's place in a story; `link` is what leads from the current one to it. */
export interface StoryPart extends NamedTrace {
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
  const same = sameCorrelation(store.db, traceId)
  const known = new Set([traceId, ...same.ids])
  const { reached, complete } = followLinks(store, known)
  // To sum up a trace of thousands of spans takes longer than its head does otherwise.
  if (reached.size === 1) return { parts: [], sameLeftOut: 0, linkedLeftOut: false }
  const { to, from } = neighbours(store, traceId)
  const linkOf = (other: string): StoryPart['link'] => {
    if (to.includes(other)) return 'to'
    if (from.includes(other)) return 'from'
    return known.has(other) ? undefined : 'indirect'
  }
  const numbers = store.db
    .column(
      'SELECT seq FROM traces WHERE trace_id IN (SELECT value FROM json_each(?))',
      JSON.stringify([...reached]),
    )
    .map(Number)
  // A list has the newest first.
  const parts = summariesOf(store.db, numbers)
    .reverse()
    .map((summary) => ({ ...named(summary), link: linkOf(summary.traceId) }))
  return { parts, sameLeftOut: same.leftOut, linkedLeftOut: !complete }
}

/** The traces with the correlation id of this one that are nearest to it in time, itself left out. */
function sameCorrelation(db: Database, traceId: string): { ids: string[]; leftOut: number } {
  const same = `traces own JOIN correlations c ON c.correlation_id = own.correlation_id
    JOIN traces t ON t.seq = c.trace WHERE own.trace_id = ? AND t.seq <> own.seq`
  const nearest = (side: string) =>
    db.column(`SELECT t.trace_id FROM ${same} AND ${side} LIMIT ?`, traceId, MOST.each).map(String)
  const ids = [
    ...nearest('t.start <= own.start ORDER BY t.start DESC'),
    ...nearest('t.start > own.start ORDER BY t.start'),
  ]
  return { ids, leftOut: db.number(`SELECT count(*) FROM ${same}`, traceId) - ids.length }
}

/** What links reach from these traces on, with them; `complete` where nothing had to be left out. */
function followLinks(store: Store, from: ReadonlySet<string>) {
  const reached = new Set(from)
  const most = from.size + MOST.linked
  // The set grows while it is walked, and names each trace once: circles end.
  for (const traceId of reached)
    for (const other of Object.values(neighbours(store, traceId)).flat()) {
      if (reached.size >= most && !reached.has(other)) return { reached, complete: false }
      reached.add(other)
    }
  return { reached, complete: true }
}

/** So many that one at least is new to a story that has all it may have, or there are no more. */
const enough = 2 * MOST.each + MOST.linked + 2

const neighbours = ({ links }: Store, traceId: string) => ({
  to: links.tracesFrom(traceId, enough),
  from: links.tracesTo(traceId, enough),
})
