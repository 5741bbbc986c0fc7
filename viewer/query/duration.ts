const nanoseconds = new Map([
  ['ns', 1],
  ['us', 1e3],
  ['µs', 1e3],
  ['μs', 1e3],
  ['ms', 1e6],
  ['s', 1e9],
  ['m', 60e9],
  ['h', 3600e9],
])

/**
 * Reads a duration as Go and so Jaeger write it, `1.5s` or `2m30s`, into nanoseconds; throws a RangeError
 * for anything else.
 * @see https://pkg.go.dev/time#ParseDuration
 */
export function parseGoDuration(text: string): number {
  const match = /^([+-]?)((?:\d+\.?\d*(?:ns|us|µs|μs|ms|s|m|h))+|0)$/.exec(text)
  if (!match?.[2])
    throw new RangeError(`"${text}" is no duration: write it as 250ms, 1.5s or 2m30s`)
  const parts = match[2].matchAll(/([\d.]+)(\D+)/g)
  const sum = parts.reduce(
    (all, [, count, unit = '']) => all + Number(count) * (nanoseconds.get(unit) ?? 0),
    0,
  )
  return match[1] === '-' ? -sum : sum
}

// Made once: `toLocaleString` takes ten times as long, and a waterfall has thousands of durations.
const { format: digits } = new Intl.NumberFormat('en', {
  maximumSignificantDigits: 3,
  useGrouping: false,
})

/** A duration of nanoseconds for people: three digits at most and the unit that fits. */
export function formatDuration(nanos: number): string {
  if (nanos < 1e3) return `${Math.round(nanos)} ns`
  if (nanos < 999.5e3) return `${digits(nanos / 1e3)} µs`
  if (nanos < 999.5e6) return `${digits(nanos / 1e6)} ms`
  if (nanos < 60e9) return `${digits(nanos / 1e9)} s`
  return `${Math.floor(nanos / 60e9)} min ${Math.round((nanos % 60e9) / 1e9)} s`
}

/** How long before or after another moment one is, in nanoseconds, for people. */
export function formatDistance(nanos: bigint): string {
  return `${formatDuration(Math.abs(Number(nanos)))} ${nanos > 0n ? 'after' : 'before'}`
}
