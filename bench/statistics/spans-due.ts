export interface SpanCount {
  received: number
  due: number
}

/** A sampler that is right still keeps more or less than its share, by this many standard deviations at the most. */
const DEVIATIONS = 4
/** Requests that the load breaks off as a round ends are counted, and may have no whole trace: so little is no loss. */
const TOLERATED = 0.002

/**
 * The share of the spans due that never came, where a sampler that keeps a share `sampled` of `requests` traces does
 * not explain it; 0 where nothing was lost.
 */
export function lostShare({ received, due }: SpanCount, sampled: number, requests: number): number {
  if (due === 0 || requests === 0) return 0
  const deviation = Math.sqrt((1 - sampled) / (sampled * requests))
  const lost = 1 - received / due
  return lost > Math.max(TOLERATED, DEVIATIONS * deviation) ? lost : 0
}
