import type { Report } from '../export/export-health.ts'
/** Who else starts an SDK. */
export interface SecondSdk {
  /** The package that registers it, such as `@opentelemetry/sdk-node`. */
  by: string | undefined
  /** Where the app has it start, as file and line. */
  at: string | undefined
}
/** The second SDK that one of the API's own messages is about; undefined where it is about none. */
export declare function secondSdkIn(message: string): SecondSdk | undefined
/** Says once that a second SDK is there: at once, and in the start-up line, or else when a server listens. */
export declare class TwoSdks {
  #private
  constructor(report: Report)
  /** Notes one that the API has refused. */
  add(second: SecondSdk): void
  /** For the start-up line, which says it; undefined where there is one SDK. */
  atStart(): string | undefined
  /** Says of one that started after the app, and of which nothing was heard. */
  sayLater(): void
}
