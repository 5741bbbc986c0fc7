import { setTimeout } from 'node:timers/promises'
import { whenUnread } from '../run/unread.ts'
import { doctor } from './doctor-command.ts'

/** `throughline doctor`; resolves to its exit status. */
export async function main(args: string[]): Promise<number> {
  const { stdout, stderr, env } = process
  whenUnread(stdout)
  const pause = (milliseconds: number) => setTimeout(milliseconds)
  return doctor(args, { stdout, stderr, env, folder: process.cwd(), pause })
}
