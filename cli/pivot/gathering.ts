import { CommandError } from '../command/command-error.ts'
import type { Backend } from '../trace/backend.ts'
import { byStart, linkingTo, milliseconds, type Trace } from '../trace/trace.ts'

/** As many linked traces as are followed, and as many correlation ids as siblings are looked for by. */
const MOST = { linked: 50, searches: 10 }

const A_DAY_MS = 86_400_000

/** The traces that were found, and those that they are linked with. */
export type Gathered = Awaited<ReturnType<typeof gather>>

/**
 * Follows the links of traces both ways, in rounds, each a step further from what was found; `searched` is the id that
 * they were found by, where it may be one of correlation.
 */
export async function gather(
  found: readonly Trace[],
  backend: Backend,
  since: Date,
  searched?: string,
) {
  /** What was found, then what was asked for by its id; undefined for what the backend has not. */
  const asked = new Map<string, Trace | undefined>(found.map((trace) => [trace.traceId, trace]))
  const leftOut = new Set<string>()
  const siblingsOf = siblingSearch(backend, since, searched)
  const neighbours = async (edge: readonly Trace[]) => {
    const siblings = await siblingsOf(edge)
    const fresh = (await linkedWith(edge, siblings, backend)).filter((id) => !asked.has(id))
    const room = found.length + MOST.linked - asked.size
    for (const traceId of fresh.slice(room)) leftOut.add(traceId)
    const take = async (traceId: string) => {
      const trace = siblings.get(traceId) ?? (await backend.trace(traceId))
      asked.set(traceId, trace)
      return trace
    }
    return there(await Promise.all(fresh.slice(0, room).map(take)))
  }
  let trouble: string | undefined
  try {
    for (let edge = found; edge.length > 0; ) edge = await neighbours(edge)
  } catch (error) {
    if (!(error instanceof CommandError)) throw error
    trouble = error.message
  }
  return {
    /** What the query names, newest first. */
    traces: found,
    /** What links lead to from there, or come from, from trace to trace; in the order of their start. */
    linked: there([...asked.values()].slice(found.length)).sort(byStart),
    /** The ids of these and of traces that links name and the backend has not. */
    asked: new Set(asked.keys()),
    /** How many linked traces were not asked for any more, there or not. */
    leftOut: leftOut.size,
    /** What the backend said when it gave up in the middle. */
    trouble,
  }
}

function there(traces: readonly (Trace | undefined)[]): Trace[] {
  return traces.filter((trace) => trace !== undefined)
}

/** The ids of the traces that are linked with these, each once, known to be there first: a link may name anything. */
async function linkedWith(
  edge: readonly Trace[],
  siblings: ReadonlyMap<string, Trace>,
  backend: Backend,
): Promise<string[]> {
  const ids = edge.map(({ traceId }) => traceId)
  const linking = linkingTo(ids, [...siblings.values()]).map(({ traceId }) => traceId)
  const named = edge.flatMap(({ linkedIds }) => linkedIds)
  return [...new Set([...linking, ...(await backend.linksTo(ids)), ...named])]
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
    for (const id of new Set(traces.flatMap(({ correlationIds }) => correlationIds))) {
      if (done.has(id) || done.size >= MOST.searches) continue
      done.add(id)
      for (const each of await backend.search(id, earliest)) siblings.set(each.traceId, each)
    }
    return siblings
  }
}
