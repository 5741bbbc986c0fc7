import { formatDuration } from '../query/duration.ts'

/** A moment as ISO 8601, and as it reads where no script puts it into the reader's zone: its date and time in UTC. */
export function clock(nanos: bigint): { iso: string; time: string } {
  const date = new Date(Number(nanos / 1_000_000n))
  if (Number.isNaN(date.getTime())) return { iso: '', time: 'at no known time' }
  const iso = date.toISOString()
  return { iso, time: iso.replace('T', ' ').replace('Z', '') }
}

/** How long after the start another moment is, with its sign. */
export function since(start: bigint, moment: bigint): string {
  const nanos = Number(moment - start)
  return nanos < 0 ? `−${formatDuration(-nanos)}` : `+${formatDuration(nanos)}`
}
