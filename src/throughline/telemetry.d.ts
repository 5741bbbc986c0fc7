import type { Logger } from './log/lines.ts'
/** What the app needs of telemetry: a start-up line, and a flush at the end. */
export interface Telemetry {
  /** Takes the app's logger for telemetry's own lines, and writes `telemetry on` or `telemetry off`. */
  start(logger: Logger): void
  /** Sends what is left and says what was lost; takes `budgetMs` at the most, and never rejects. */
  shutdown(budgetMs: number): Promise<void>
}
declare global {
  var throughlineTelemetry: Telemetry | undefined
}
/** Hands telemetry to the app; the register of otel/ calls it, before the app loads. */
export declare function installTelemetry(telemetry: Telemetry): void
/** The telemetry that was installed; else another SDK's, or one that only says that there is none. */
export declare function installedTelemetry(): Telemetry
