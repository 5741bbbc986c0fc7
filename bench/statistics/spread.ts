import { median } from './quantile.ts'

/** A middle value and how far to trust it. */
export interface Estimate {
  median: number
  /** The ends of its spread. */
  low: number
  high: number
  /** Whether the spread is so wide that the median means nothing. */
  noisy: boolean
}

/** A spread wider than this share of its median says nothing: two variants that differ by that much look alike. */
const WIDEST = 0.25
const CONFIDENCE = 0.95

/**
 * The median of `values` with its spread: the interval that holds the true median with 95 % confidence, whatever the
 * distribution (by the binomial distribution of how many values lie below it); of fewer than six values no interval
 * is that sure, and it goes from the smallest to the largest.
 */
export function estimate(values: readonly number[]): Estimate {
  const sorted = values.toSorted((a, b) => a - b)
  const outside = outsideInterval(sorted.length)
  const middle = median(sorted)
  const low = sorted[outside] ?? Number.NaN
  const high = sorted[sorted.length - 1 - outside] ?? Number.NaN
  const noisy = !(high - low <= WIDEST * Math.abs(middle))
  return { median: middle, low, high, noisy }
}

/**
 * The ratio of `values` to `base`, round by round: what slows a machine for a while slows both of a round.
 *
 * @example
 * ratio([50, 45, 60], [100, 90, 120]).median // 0.5
 */
export function ratio(values: readonly number[], base: readonly number[]): Estimate {
  if (values.length !== base.length) {
    throw new Error(`${values.length} rounds against ${base.length} of the base: they go in pairs`)
  }
  return estimate(values.map((value, round) => value / (base[round] ?? Number.NaN)))
}

/** How many of `count` sorted values may be left out on each side. */
function outsideInterval(count: number): number {
  let outside = 0
  let chance = 0 // that so few values, or fewer, lie below the true median
  for (let below = 0; ; below++) {
    chance += choose(count, below) * 0.5 ** count
    if (chance > (1 - CONFIDENCE) / 2) return outside
    outside = below
  }
}

function choose(n: number, k: number): number {
  let ways = 1
  for (let i = 1; i <= k; i++) ways = (ways * (n - k + i)) / i
  return ways
}
