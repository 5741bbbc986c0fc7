import { setTimeout } from 'node:timers/promises'
import { loadEnvFile } from '../../src/throughline/settings/environment.ts'
import { whenUnread } from '../run/unread.ts'
import { pivot } from './pivot-command.ts'

/** `throughline pivot`; resolves to its exit status. */
export async function main(args: string[]): Promise<number> {
  const { stdin, stdout, stderr, env } = process
  loadEnvFile()
  whenUnread(stdout)
  return pivot(args, {
    stdin,
    stdout,
    stderr,
    env,
    now: Date.now,
    pause: (milliseconds) => setTimeout(milliseconds),
  })
}
