import { setTimeout } from 'node:timers/promises'
import { pivot } from './pivot-command.ts'

const { stdin, stdout, stderr, env, argv } = process
// Whoever reads on may have seen enough, as `| head` has.
stdout.on('error', (error) => {
  if (!('code' in error && error.code === 'EPIPE')) throw error
})
process.exitCode = await pivot(argv.slice(2), {
  stdin,
  stdout,
  stderr,
  env,
  now: Date.now,
  pause: (milliseconds) => setTimeout(milliseconds),
})
