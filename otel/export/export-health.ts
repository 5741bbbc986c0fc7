import { AsyncLocalStorage } from 'node:async_hooks'
import { EventEmitter, once } from 'node:events'

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
  #lostAtLastExport = 0
  #reason = ''
  #attemptFailed: string | undefined
  readonly #failure = new EventEmitter<{ known: [] }>()
  #ended = false

  constructor(fields: { signal: string; endpoint: string }, lostField: string, report: Report) {
    this.#fields = fields
    this.#lostField = lostField
    this.#report = report
  }

  /** How many items were due to be exported so far. */
  get accepted(): number {
    return this.#accepted
  }

  /** How many items are neither exported nor lost. */
  get unsent(): number {
    return Math.max(0, this.#accepted - this.#exported - this.#lost)
  }

  /** Resolves once the export is known to fail: it did before, or an attempt does now. */
  async knownToFail(): Promise<void> {
    if (this.#failing || this.#attemptFailed !== undefined) return
    await once(this.#failure, 'known')
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

  /** One attempt at an export has failed: the exporter goes on trying for ten seconds before it says so. */
  attemptFailed(reason: string): void {
    this.#attemptFailed = reason
    this.#failure.emit('known')
  }

  /** An export has failed, and `count` items are lost with it. */
  fail(count: number, reason: string): void {
    this.lose(count, reason)
    this.#lostAtLastExport = this.#lost
    this.#failure.emit('known')
  }

  /**
   * An export has brought `count` items home. The outage is over, unless more was lost since the export before:
   * spans that come faster than they can be sent would make two lines a batch.
   */
  deliver(count: number): void {
    this.#exported += count
    this.#attemptFailed = undefined
    const recovered = this.#failing && this.#lost === this.#lostAtLastExport
    this.#lostAtLastExport = this.#lost
    if (!recovered) return
    this.#failing = false
    if (!this.#ending) this.#say('info', 'telemetry export recovered', {})
  }

  /** The last flush begins. */
  beginEnd(): void {
    this.#ending = true
  }

  /** All is over: what has not arrived by now is lost, for `reason` where no attempt failed. */
  end(reason = 'not sent before the end'): void {
    const { unsent } = this
    if (this.#ended && unsent === 0) return
    this.#ended = true
    if (unsent > 0) this.lose(unsent, this.#reason || (this.#attemptFailed ?? reason))
    if (this.#failing) this.#say('warn', 'telemetry export failing', { reason: this.#reason })
  }

  /** Outside of whatever request happened to be current: the line is not about it. */
  #say(level: 'info' | 'warn', message: string, more: object): void {
    this.#outside(() =>
      this.#report(level, { ...this.#fields, ...more, [this.#lostField]: this.#lost }, message),
    )
  }
}
