import { readFileSync } from 'node:fs'

/** The kernel counts in hundredths of a second (proc_stat(5), USER_HZ). */
const TICK_MICROS = 10_000
const IDLE = [3, 4] // idle and iowait

/**
 * How long `core` has been busy since the machine started, in microseconds, whoever kept it so; undefined where the
 * system does not say (it is Linux's `/proc/stat`).
 */
export function busyMicros(core: number, read = readProcStat): number | undefined {
  const line = new RegExp(`^cpu${core} (.*)$`, 'm').exec(read())?.[1]
  if (line === undefined) return undefined
  // guest and guest_nice, from the ninth on, are in user and nice already.
  const ticks = line.split(' ', 8).map(Number)
  return ticks.reduce((sum, tick, i) => (IDLE.includes(i) ? sum : sum + tick), 0) * TICK_MICROS
}

function readProcStat(): string {
  try {
    return readFileSync('/proc/stat', 'utf8')
  } catch {
    return ''
  }
}
