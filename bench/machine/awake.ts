import { type ChildProcess, spawn } from 'node:child_process'
import { onCore } from './cores.ts'

/** Ends with whoever started it, also where that is killed. */
const LOOP = `
while (process.ppid === ${process.pid}) for (let i = 0; i < 10000; i++) Atomics.pause()`

/**
 * Keeps a core from falling asleep, by a loop that gives way to all else there. A virtual core that sleeps is woken by
 * whoever writes to a process on it, and the waking, some microseconds, is counted as the server's own: the slower
 * the server, the more often. Returns the process of the loop.
 */
export function keepAwake(core: number): ChildProcess {
  const command = ['chrt', '--idle', '0', process.execPath, '--eval', LOOP]
  const [name = '', ...args] = onCore(core, command)
  return spawn(name, args, { stdio: ['ignore', 'ignore', 'inherit'] })
}
