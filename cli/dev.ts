import { createSupportsHyperlinks } from 'supports-hyperlinks'
import { loadEnvFile } from '../src/environment.ts'
import { dev } from './dev-command.ts'
import { ending } from './ending.ts'

const { argv, env, stdout, stderr } = process
loadEnvFile()
process.exitCode = await dev(argv.slice(2), {
  stdout,
  stderr,
  env,
  hyperlinks: createSupportsHyperlinks(stdout),
  signal: ending(stdout),
})
