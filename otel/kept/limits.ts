/** How much is held of traces that nobody has decided about yet. */
export interface HeldLimits {
  spansPerTrace: number
  traces: number
  /** Of all spans together, as `spanBytes` counts them. */
  bytes: number
  /** From a trace's first span on; what ends later is not held. */
  ms: number
}

export const HELD_LIMITS: HeldLimits = {
  spansPerTrace: 1000,
  traces: 10_000,
  bytes: 64_000_000,
  ms: 600_000,
}
