import { AsyncLocalStorage } from 'node:async_hooks'

/** Writes a line of telemetry's own. */
export type Report = (level: 'info' | 'warn', fields: object, message: string) => void

/**
 * Keeps count of what one signal's export has lost, and says so: once when an outage begins, once when it is over,
 * and the count once more at the end where it is not.
 *
 * `lostField` names the count on the lines, such as `spansLost`.
 */
export class ExportHealth {
  readonly #fields: { signal: string; endpoint: string }
  readonly #lostField: string
  readonly #report: Report
  readonly #outside = AsyncLocalStorage.snapshot()
  #failing = false
  #ending = false
  #accepted = 0
  #exported = 0
  #lost = 0
  #reason = ''

  constructor(fields: { signal: string; endpoint: string }, lostField: string, report: Report) {
    this.#fields = fields
    this.#lostField = lostField
    this.#report = report
  }

  /** Whether an outage goes on. */
  get failing(): boolean {
    return this.#failing
  }

  /** How many items are lost so far. */
  get lost(): number {
    return this.#lost
  }

  /** `count` more items are due to be exported. */
  accept(count: number): void {
    this.#accepted += count
  }

  /** `count` items are lost: an outage begins, where none was going on. */
  lose(count: number, reason: string): void {
    this.#lost += count
    this.#reason = reason
    if (this.#failing) return
    this.#failing = true
    // While it ends, the closing line says it all.
    if (!this.#ending) this.#say('warn', 'telemetry export failing', { reason })
  }

  /** `count` items have arrived; the outage is over, unless more was lost while they were on their way. */
  deliver(count: number, lostBefore: number): void {
    this.#exported += count
    if (!this.#failing || this.#lost > lostBefore) return
    this.#failing = false
    if (!this.#ending) this.#say('info', 'telemetry export recovered', {})
  }

  /** The last flush begins. */
  beginEnd(): void {
    this.#ending = true
  }

  /** The last flush is over: what has not arrived by now is lost. */
  end(): void {
    const left = this.#accepted - this.#exported - this.#lost
    if (left > 0) this.lose(left, this.#reason === '' ? 'not sent before the end' : this.#reason)
    if (this.#failing) this.#say('warn', 'telemetry export failing', { reason: this.#reason })
  }

  /** Outside of whatever request happened to be current: the line is not about it. */
  #say(level: 'info' | 'warn', message: string, more: object): void {
    this.#outside(() =>
      this.#report(level, { ...this.#fields, ...more, [this.#lostField]: this.#lost }, message),
    )
  }
}
