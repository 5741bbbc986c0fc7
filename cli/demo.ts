import { setTimeout } from 'node:timers/promises'
import { loadEnvFile } from '../src/environment.ts'
import { demo } from './demo-command.ts'
import { ending } from './ending.ts'

const { argv, env, stdin, stdout, stderr } = process
loadEnvFile()
const signal = ending(stdout)
process.exitCode = await demo(argv.slice(2), {
  stdin,
  stdout,
  stderr,
  env,
  now: Date.now,
  pause: (milliseconds) => setTimeout(milliseconds, undefined, { signal }),
  signal,
})
