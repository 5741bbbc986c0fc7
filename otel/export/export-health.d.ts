/** Writes a line of telemetry's own. */
export type Report = (level: 'info' | 'warn', fields: object, message: string) => void
/**
 * Keeps count of what one signal's export has lost, and says so: once when an outage begins, once when it is over,
 * and the count once more at the end where it is not.
 *
 * `lostField` names the count on the lines, such as `spansLost`.
 */
export declare class ExportHealth {
  #private
  constructor(
    fields: {
      signal: string
      endpoint: string
    },
    lostField: string,
    report: Report,
  )
  /** How many items were due to be exported so far. */
  get accepted(): number
  /** How many items are neither exported nor lost. */
  get unsent(): number
  /** Resolves once the export is known to fail: it did before, or an attempt does now. */
  knownToFail(): Promise<void>
  /** How many items are lost so far. */
  get lost(): number
  /** `count` more items are due to be exported. */
  accept(count: number): void
  /** `count` items are lost: an outage begins, where none was going on. */
  lose(count: number, reason: string): void
  /** One attempt at an export has failed: the exporter goes on trying for ten seconds before it says so. */
  attemptFailed(reason: string): void
  /** An export has failed, and `count` items are lost with it. */
  fail(count: number, reason: string): void
  /**
   * An export has brought `count` items home. The outage is over, unless more was lost since the export before:
   * spans that come faster than they can be sent would make two lines a batch.
   */
  deliver(count: number): void
  /** The last flush begins. */
  beginEnd(): void
  /** All is over: what has not arrived by now is lost, for `reason` where no attempt failed. */
  end(reason?: string): void
}
