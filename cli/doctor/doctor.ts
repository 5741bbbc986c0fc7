import { setTimeout } from 'node:timers/promises'
import { doctor } from './doctor-command.ts'

/** `throughline doctor`; resolves to its exit status. */
export async function main(args: string[]): Promise<number> {
  const { stdout, stderr, env } = process
  // Whoever reads on may have seen enough, as `| head` has.
  stdout.on('error', (error) => {
    if (!('code' in error && error.code === 'EPIPE')) throw error
  })
  const pause = (milliseconds: number) => setTimeout(milliseconds)
  return doctor(args, { stdout, stderr, env, folder: process.cwd(), pause })
}
