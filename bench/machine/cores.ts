import { spawnSync } from 'node:child_process'
import { availableParallelism } from 'node:os'

/** The cores that the server, and all else, are kept to; undefined where that cannot be had here. */
export interface Cores {
  server: number
  others: number
  /** Whether that of the others can be kept awake. */
  awake: boolean
}

/** The first core for load, sink and downstream, the last for the server; none without taskset or a second core. */
export function chooseCores(): Cores | undefined {
  const taskset = spawnSync('taskset', ['--cpu-list', '--pid', String(process.pid)])
  const cores = availableParallelism()
  if (taskset.error || taskset.status !== 0 || cores < 2) return undefined
  const chrt = spawnSync('chrt', ['--idle', '0', 'true'])
  return { server: cores - 1, others: 0, awake: chrt.status === 0 }
}

/** A command that runs on `core` alone; as it is where there is none to keep it to. */
export function onCore(core: number | undefined, command: string[]): string[] {
  return core === undefined ? command : ['taskset', '--cpu-list', String(core), ...command]
}

/** Keeps this process, its threads and what it starts to `core`. */
export function stayOnCore(core: number): void {
  spawnSync('taskset', ['--all-tasks', '--cpu-list', '--pid', String(core), String(process.pid)])
}
