import type { Report } from '../export/export-health.ts'
import { ByAge } from './by-age.ts'
import type { HeldLimits } from './limits.ts'
import type { LocalTrace } from './local-trace.ts'

/** All local traces that are held, within bounds, and the count of what became of the others. */
export class Undecided {
  readonly limits: HeldLimits
  readonly #report: Report
  readonly #traces = new ByAge<LocalTrace>()
  #bytes = 0
  #tracesKept = 0
  #spansDropped = 0
  #spansLetGo = 0
  /** The bounds were said to be reached, within a minute or so. */
  #isSaid = false

  constructor(limits: HeldLimits, report: Report) {
    this.limits = limits
    this.#report = report
  }

  /** Takes in a trace with the first span that it holds. */
  add(trace: LocalTrace): void {
    this.#traces.add(trace)
    if (this.#traces.size > this.limits.traces) this.#traces.oldest?.letGo()
  }

  delete(trace: LocalTrace): void {
    this.#traces.delete(trace)
  }

  grow(bytes: number): void {
    this.#bytes += bytes
  }

  /** Lets the largest go, until there is room. */
  makeRoom(): void {
    while (this.#bytes > this.limits.bytes) {
      const largest = this.#largest()
      if (largest === undefined) return
      largest.letGo()
    }
  }

  /** A trace is kept, and with it so many spans that were dropped. */
  keep(dropped: number): void {
    this.#tracesKept += 1
    this.#spansDropped -= dropped
  }

  /** So many spans are dropped, as the head has it. */
  drop(spans: number): void {
    this.#spansDropped += spans
  }

  /** So many spans are lost to the bounds. */
  letGo(spans: number): void {
    this.#spansLetGo += spans
    if (spans === 0 || this.#isSaid) return
    this.#isSaid = true
    this.#report('warn', { spansLetGo: this.#spansLetGo, limits: this.limits }, SAID)
  }

  /** Lets go what is too old; from time to time. */
  sweep(): void {
    this.#isSaid = false
    for (const trace of this.#traces) {
      if (trace.tookMs() < this.limits.ms) return
      trace.letGo()
    }
  }

  /** Decides about all that is held, and says what was kept: the last that is asked of it. */
  end(): void {
    for (const trace of this.#traces) trace.decide()
    const counts = {
      tracesKept: this.#tracesKept,
      spansDropped: this.#spansDropped,
      spansLetGo: this.#spansLetGo,
    }
    this.#report('info', counts, 'traces kept for cause')
  }

  #largest(): LocalTrace | undefined {
    let largest: LocalTrace | undefined
    for (const trace of this.#traces) if (trace.bytes > (largest?.bytes ?? 0)) largest = trace
    return largest
  }
}

const SAID = 'spans let go before their trace was decided about'
