import { type Backend, BackendError } from '../trace/backend.ts'
import {
  byStart,
  correlationIdsOf,
  linkedTraces,
  milliseconds,
  type Trace,
} from '../trace/trace.ts'

/** As many linked traces as are followed, and as many correlation ids as siblings are looked for by. */
const MOST = { linked: 50, searches: 10 }

const A_DAY_MS = 86_400_000

/** The traces that were found, and those that they are linked with. */
export interface Story {
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
 * Follows the links of traces both ways. Jaeger cannot be asked what links to a trace, so that is looked for among those
 * with the same correlation id; the viewer can.
 */
export async function storyOf(
  found: readonly Trace[],
  backend: Backend,
  since: Date,
  searched?: string,
): Promise<Story> {
  const gathering = new Gathering(found, backend, since, searched)
  const trouble = await gathering.run()
  const { linked, missing, leftOut } = gathering
  return { found, linked, missing, leftOut: leftOut.size, trouble }
}

class Gathering {
  readonly #backend: Backend
  readonly #since: Date
  readonly #found: readonly Trace[]
  /** All that is part of the story; undefined for what the backend has not. */
  readonly #parts = new Map<string, Trace | undefined>()
  readonly leftOut = new Set<string>()
  /** Traces with the same correlation id, parts or not. */
  readonly #siblings = new Map<string, Trace>()
  readonly #searched = new Set<string>()

  constructor(found: readonly Trace[], backend: Backend, since: Date, searched?: string) {
    this.#backend = backend
    this.#since = since
    this.#found = found
    for (const trace of found) this.#parts.set(trace.traceId, trace)
    if (searched !== undefined) this.#searched.add(searched)
  }

  /** In rounds, each a step further from what was found; what the backend says where it fails. */
  async run(): Promise<string | undefined> {
    try {
      for (let edge = this.#found; edge.length > 0; ) edge = await this.#neighbours(edge)
      return undefined
    } catch (error) {
      if (error instanceof BackendError) return error.message
      throw error
    }
  }

  get linked(): Trace[] {
    const traces = [...this.#parts.values()].filter((trace) => trace !== undefined)
    return traces.filter((trace) => !this.#found.includes(trace)).sort(byStart)
  }

  get missing(): Set<string> {
    return new Set([...this.#parts].flatMap(([id, trace]) => (trace === undefined ? [id] : [])))
  }

  /** The traces one step away that are not part of the story yet. */
  async #neighbours(edge: readonly Trace[]): Promise<Trace[]> {
    await this.#lookForSiblings(edge)
    const ids = new Set(edge.map(({ traceId }) => traceId))
    const linkingHere = [...this.#siblings.values()].filter((sibling) =>
      linkedTraces(sibling).some((traceId) => ids.has(traceId)),
    )
    // What is known to be there comes first: a link may name anything.
    const wanted = new Set([
      ...linkingHere.map(({ traceId }) => traceId),
      ...(await this.#backend.linksTo([...ids])),
      ...edge.flatMap(linkedTraces),
    ])
    const room = this.#found.length + MOST.linked - this.#parts.size
    const fresh = [...wanted].filter((traceId) => !this.#parts.has(traceId))
    for (const traceId of fresh.slice(room)) this.leftOut.add(traceId)
    const asked = await Promise.all(fresh.slice(0, room).map((traceId) => this.#take(traceId)))
    return asked.filter((trace) => trace !== undefined)
  }

  async #take(traceId: string): Promise<Trace | undefined> {
    const trace = this.#siblings.get(traceId) ?? (await this.#backend.trace(traceId))
    this.#parts.set(traceId, trace)
    return trace
  }

  async #lookForSiblings(traces: readonly Trace[]): Promise<void> {
    // A trace that was asked for by its id may be older than what is looked for otherwise.
    const since = traces
      .map(({ start }) => new Date(milliseconds(start) - A_DAY_MS))
      .reduce((earliest, each) => (each < earliest ? each : earliest), this.#since)
    for (const id of new Set(traces.flatMap(correlationIdsOf))) {
      if (this.#searched.has(id) || this.#searched.size >= MOST.searches) continue
      this.#searched.add(id)
      const siblings = await this.#backend.search(id, since)
      for (const sibling of siblings) this.#siblings.set(sibling.traceId, sibling)
    }
  }
}
