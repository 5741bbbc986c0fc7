/** The value below which a share `q` of `values` lies, between two of them by their distance; NaN of none. */
export function quantile(values: readonly number[], q: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  const place = (sorted.length - 1) * q
  const below = sorted[Math.floor(place)] ?? Number.NaN
  const above = sorted[Math.ceil(place)] ?? Number.NaN
  return below + (above - below) * (place - Math.floor(place))
}

/** The value in the middle of `values`; NaN of none. */
export function median(values: readonly number[]): number {
  return quantile(values, 0.5)
}
