import { createSupportsHyperlinks } from 'supports-hyperlinks'
import { loadEnvFile } from '../../src/throughline/settings/environment.ts'
import { ending } from '../run/ending.ts'
import { dev } from './dev-command.ts'

const { argv, env, stdout, stderr } = process
loadEnvFile()
dev(argv.slice(2), {
  stdout,
  stderr,
  env,
  hyperlinks: createSupportsHyperlinks(stdout),
  signal: ending(stdout),
}).then((status) => {
  process.exitCode = status
})
