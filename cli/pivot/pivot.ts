import { setTimeout } from 'node:timers/promises'
import { loadEnvFile } from '../../src/throughline/settings/environment.ts'
import { pivot } from './pivot-command.ts'

/** `throughline pivot`; resolves to its exit status. */
export async function main(args: string[]): Promise<number> {
  const { stdin, stdout, stderr, env } = process
  loadEnvFile()
  // Whoever reads on may have seen enough, as `| head` has.
  stdout.on('error', (error) => {
    if (!('code' in error && error.code === 'EPIPE')) throw error
  })
  return pivot(args, {
    stdin,
    stdout,
    stderr,
    env,
    now: Date.now,
    pause: (milliseconds) => setTimeout(milliseconds),
  })
}
