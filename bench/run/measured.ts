import { type Sink, startSink } from '../sink/sink.ts'
import type { SpanCount } from '../statistics/spans-due.ts'
import type { Variant } from '../variants.ts'
import type { ServerProcess } from './server-process.ts'

/** What a server does for its requests. */
export interface Speed {
  requestsPerSecond: number
  /** Of the server's process, all its threads, a request. */
  cpuMicros: number
}

/** One round of a variant under full load. */
export interface Round extends Speed {
  /** The share of the time that the server was at work; well below 1 the load was the limit, and not the server. */
  busy: number
  /** The share of the server's core that others took meanwhile; undefined where the system does not count it. */
  takenByOthers: number | undefined
}

/** A round, and how fast the base was just before and after it. */
export interface ComparedRound extends Round {
  base: Speed
}

/** What has been seen of a variant on one route. */
export interface OnRoute {
  rounds: ComparedRound[]
  /** Under full load, with what is exported of them. */
  requests: number
  spans: SpanCount
  bytesPerRequest: number
  /** How long each request took at the fixed rate, in milliseconds. */
  latencies: number[]
  /** How many of them the load itself sent late. */
  late: number
}

/** A variant that is being measured, and what has been seen of it so far. */
export class Measured {
  readonly variant: Variant
  readonly sink: Sink
  /** How long it took from the start of its process to its first answer, in milliseconds, start by start. */
  readonly startsMs: number[] = []
  readonly routes = new Map<string, OnRoute>()
  /** Resident memory after the run, in bytes. */
  rss = 0
  /** Why it is not measured, or no longer. */
  error: string | undefined
  #server: ServerProcess | undefined

  static async prepare(variant: Variant): Promise<Measured> {
    return new Measured(variant, await startSink())
  }

  private constructor(variant: Variant, sink: Sink) {
    this.variant = variant
    this.sink = sink
  }

  /** Its server, which is there from the end of its starts on, unless it failed. */
  get server(): ServerProcess {
    if (this.#server === undefined) throw new Error(`${this.variant.name} has not been started`)
    return this.#server
  }

  set server(server: ServerProcess) {
    this.#server = server
  }

  /** Does what is next for it, unless it failed before; an error is noted, and ends it alone. */
  async attempt(step: (measured: Measured) => Promise<void>): Promise<void> {
    if (this.error !== undefined) return
    try {
      await step(this)
    } catch (error) {
      this.error = error instanceof Error ? error.message : String(error)
      await this.#server?.kill()
    }
  }

  /** Leaves nothing behind where the run is broken off. */
  kill(): void {
    void this.#server?.kill()
  }

  async close(): Promise<void> {
    await this.#server?.kill()
    this.sink.close()
  }
}
