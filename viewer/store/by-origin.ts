import type { OtlpOrigin, Stored } from '../receiver/otlp.ts'

/** Groups spans or log records as OTLP does, by the resource and scope that they came from. */
export function byOrigin<T>(stored: Stored<T>[]): { origin: OtlpOrigin; items: T[] }[] {
  const groups = Map.groupBy(stored, ({ origin }) => origin)
  return [...groups].map(([origin, members]) => ({
    origin,
    items: members.map(({ item }) => item),
  }))
}
