import type { Telemetry } from './telemetry.ts'
/** Telemetry where our register was not loaded: whoever else has registered, or nobody. */
export declare const anotherSdk: Telemetry
