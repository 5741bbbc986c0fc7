import type { HrTime } from '@opentelemetry/api'

/** A time in whole nanoseconds since the Unix epoch, in digits; throws a RangeError where it is none. */
export function nanoseconds([seconds, nanos]: HrTime): string {
  // To join the digits takes a tenth of the arithmetic.
  if (Number.isInteger(seconds) && seconds > 0 && nanos >= 0 && nanos < SECOND) {
    return `${seconds}${String(SECOND + Math.trunc(nanos)).slice(1)}`
  }
  return String(BigInt(Math.trunc(seconds)) * BigInt(SECOND) + BigInt(Math.trunc(nanos)))
}

const SECOND = 1_000_000_000
