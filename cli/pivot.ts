import { setTimeout } from 'node:timers/promises'
import { pivot } from './pivot-command.ts'

const { stdin, stdout, stderr, env, argv } = process
process.exitCode = await pivot(argv.slice(2), {
  stdin,
  stdout,
  stderr,
  env,
  now: Date.now,
  pause: (milliseconds) => setTimeout(milliseconds),
})
