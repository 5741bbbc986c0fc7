import { readFileSync } from 'node:fs'

/** Seconds of CPU that a process has used, and its largest memory in MiB; Linux alone tells. */
export function usedBy(pid: number | undefined): { cpu: number; peakMiB: number } {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  // Behind the name, which may hold anything, in parentheses: fields 14 and 15 are user and system time in ticks.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const ticks = Number(fields[11]) + Number(fields[12])
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  const [, kib = '0'] = /VmHWM:\s+(\d+)/.exec(status) ?? []
  return { cpu: ticks / 100, peakMiB: Number(kib) / 1024 }
}
