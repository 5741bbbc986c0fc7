import { CommandError } from '../command/command-error.ts'
import type { Backend } from '../trace/backend.ts'
import {
  byStart,
  correlationIdsOf,
  linkedTraceIds,
  milliseconds,
  type Trace,
} from '../trace/trace.ts'

/** As many linked traces as are followed, and as many correlation ids as siblings are looked for by. */
const MOST = { linked: 50, searches: 10 }

const A_DAY_MS = 86_400_000

/** The traces that were found, and those that they are linked with. */
export interface Gathered {
  /** What the query names, newest first. */
  found: readonly Trace[]
  /** What links lead to from there, or come from, from trace to trace; in the order of their start. */
  linked: readonly Trace[]
  /** Ids of traces that links name and the backend has not. */
  missing: ReadonlySet<string>
  /** How many linked traces were not asked for any more, there or not. */
  leftOut: number
  /** What the backend said when it gave up in the middle. */
  trouble: string | undefined
}

/**
 * Follows the links of traces both ways, in rounds, each a step further from what was found; `searched` is the id that
 * they were found by, where it may be one of correlation.
 */
export async function gather(
  found: readonly Trace[],
  backend: Backend,
  since: Date,
  searched?: string,
): Promise<Gathered> {
  /** All that belongs together; undefined for what the backend has not. */
  const parts = new Map<string, Trace | undefined>(found.map((trace) => [trace.traceId, trace]))
  const leftOut = new Set<string>()
  const siblingsOf = siblingSearch(backend, since, searched)
  const neighbours = async (edge: readonly Trace[]) => {
    const siblings = await siblingsOf(edge)
    const wanted = await linkedWith(edge, siblings, backend)
    const fresh = wanted.filter((traceId) => !parts.has(traceId))
    const room = found.length + MOST.linked - parts.size
    for (const traceId of fresh.slice(room)) leftOut.add(traceId)
    const take = async (traceId: string) => {
      const trace = siblings.get(traceId) ?? (await backend.trace(traceId))
      parts.set(traceId, trace)
      return trace
    }
    const taken = await Promise.all(fresh.slice(0, room).map(take))
    return taken.filter((trace) => trace !== undefined)
  }

  let trouble: string | undefined
  try {
    for (let edge = found; edge.length > 0; ) edge = await neighbours(edge)
  } catch (error) {
    if (!(error instanceof CommandError)) throw error
    trouble = error.message
  }
  const all = [...parts.values()].filter((trace) => trace !== undefined)
  const linked = all.filter((trace) => !found.includes(trace)).sort(byStart)
  const missing = new Set([...parts.keys()].filter((traceId) => parts.get(traceId) === undefined))
  return { found, linked, missing, leftOut: leftOut.size, trouble }
}

/** The ids of the traces that are linked with these, known to be there first: a link may name anything. */
async function linkedWith(
  edge: readonly Trace[],
  siblings: ReadonlyMap<string, Trace>,
  backend: Backend,
): Promise<string[]> {
  const ids = edge.map(({ traceId }) => traceId)
  const linkingHere = [...siblings.values()].filter((sibling) =>
    linkedTraceIds(sibling).some((traceId) => ids.includes(traceId)),
  )
  const known = [...linkingHere.map(({ traceId }) => traceId), ...(await backend.linksTo(ids))]
  return [...new Set([...known, ...edge.flatMap(linkedTraceIds)])]
}

/**
 * Jaeger cannot be asked what links to a trace, so that is looked for among those with the same correlation id; the
 * viewer can. Each id is searched for once; the answer is all that were found so far.
 */
function siblingSearch(backend: Backend, since: Date, searched: string | undefined) {
  const siblings = new Map<string, Trace>()
  const done = new Set(searched === undefined ? [] : [searched])
  return async (traces: readonly Trace[]): Promise<ReadonlyMap<string, Trace>> => {
    // A trace that was asked for by its id may be older than what is looked for otherwise.
    const starts = traces.map(({ start }) => milliseconds(start) - A_DAY_MS)
    const earliest = new Date(Math.min(since.getTime(), ...starts))
    for (const id of new Set(traces.flatMap(correlationIdsOf))) {
      if (done.has(id) || done.size >= MOST.searches) continue
      done.add(id)
      for (const sibling of await backend.search(id, earliest))
        siblings.set(sibling.traceId, sibling)
    }
    return siblings
  }
}
