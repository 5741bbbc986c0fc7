import { setTimeout } from 'node:timers/promises'
import { loadEnvFile } from '../../src/throughline/settings/environment.ts'
import { ending } from '../run/ending.ts'
import { demo } from './demo-command.ts'

/** `throughline demo`; resolves to its exit status. */
export async function main(args: string[]): Promise<number> {
  const { env, stdin, stdout, stderr } = process
  loadEnvFile()
  const signal = ending(stdout)
  return demo(args, {
    stdin,
    stdout,
    stderr,
    env,
    now: Date.now,
    pause: (milliseconds) => setTimeout(milliseconds, undefined, { signal }),
    signal,
  })
}
