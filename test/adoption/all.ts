// Installs the package into every app of apps/ and runs it: `node test/adoption/all.ts`, or with `--quick` into those
// that take ten minutes together. Writes what it took into the README, where none is left out.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { ROOT } from '../e2e/app-process.ts'
import { packed, TARBALL_VARIABLE } from './packed.ts'
import { noRegistry } from './registry.ts'
import { RESULTS_VARIABLE, tableOf } from './results.ts'

/** Those that take minutes: other package managers and other compilers. */
const LONG = /^(managers|types)\./

const BEGIN = '<!-- adoption: written by node test/adoption/all.ts -->'
const END = '<!-- end of adoption -->'

const { values } = parseArgs({ options: { quick: { type: 'boolean', default: false } } })
const reason = await noRegistry()
if (reason) console.log(`skipping the apps that install the package: it ${reason}`)
else process.exitCode = await all(values.quick)

async function all(quick: boolean): Promise<number> {
  const results = mkdtempSync(join(tmpdir(), 'throughline-results-'))
  process.on('exit', () => rmSync(results, { recursive: true }))
  const files = (await readdir(import.meta.dirname))
    .filter((name) => name.endsWith('.adoption.ts') && !(quick && LONG.test(name)))
    .map((name) => join(import.meta.dirname, name))
  // Each takes the time of an installation, which others at the same time would lengthen.
  const args = ['--test', '--test-concurrency=1', '--test-timeout=900000', ...files]
  const child = spawn(process.execPath, args, {
    stdio: 'inherit',
    env: { ...process.env, [TARBALL_VARIABLE]: await packed(), [RESULTS_VARIABLE]: results },
  })
  const [code] = await once(child, 'close')
  if (code !== 0) return 1
  const table = await tableOf(results)
  if (quick) console.log(table)
  else await writeTable(table)
  return 0
}

async function writeTable(table: string): Promise<void> {
  const path = join(ROOT, 'README.md')
  const readme = await readFile(path, 'utf8')
  const [begin, end] = [readme.indexOf(BEGIN), readme.indexOf(END)]
  if (begin < 0 || end < begin) throw new Error(`README.md has no ${BEGIN} with ${END} after it`)
  await writeFile(path, `${readme.slice(0, begin)}${BEGIN}\n\n${table}\n\n${readme.slice(end)}`)
}
