import type { Estimate } from '../statistics/spread.ts'
import type { OnRoute } from './results.ts'

const NOTHING = '–'

/** A ratio with its spread, as in `0.49 (0.47–0.51)`; one that means nothing says so. */
export function ratioText({ median, low, high, noisy }: Estimate): string {
  const spread = `(${low.toFixed(2)}–${high.toFixed(2)})`
  return noisy ? `too noisy ${spread}` : `${median.toFixed(2)} ${spread}`
}

/** A ratio without its spread; one that means nothing says so. */
export function ratioOnly({ median, noisy }: Estimate): string {
  return noisy ? 'too noisy' : median.toFixed(2)
}

/** A whole number with its thousands apart. */
export function count(value: number): string {
  return Math.round(value).toLocaleString('en')
}

/** What became of the spans: `all`, or the share that was lost; a dash where none is sent. */
export function spansText({ spansDue, spansLost }: OnRoute): string {
  if (spansDue === 0) return NOTHING
  return spansLost === 0 ? 'all' : `${(spansLost * 100).toFixed(1)} % lost`
}

const QUANTILES = { p50: 0.5, p99: 0.99, p999: 0.999 } as const

/** A latency in milliseconds; `noise` where the load itself sent as many requests late as lie above it. */
export function latencyText(
  { latencyMs, lateShare }: OnRoute,
  which: keyof typeof QUANTILES,
): string {
  return lateShare > 1 - QUANTILES[which] ? 'noise' : latencyMs[which].toFixed(2)
}

/** A figure that may be missing. */
export function orNothing(value: number | undefined, show: (value: number) => string): string {
  return value === undefined ? NOTHING : show(value)
}
