import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { cp, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const ROOT = fileURLToPath(new URL('../../../../', import.meta.url))
const SCRIPT = `import { loadEnvFile } from './src/throughline/settings/environment.ts'
loadEnvFile()
process.stdout.write(process.env.PORT + ' ' + process.env.LOG_LEVEL)`

test('a .env file beside package.json is read, and the real environment wins', async (t) => {
  const folder = await projectWith(t, 'PORT=1111\nLOG_LEVEL=debug # as in the example\n')

  assert.equal(await load(folder, {}), '1111 debug')
  assert.equal(await load(folder, { PORT: '2222' }), '2222 debug')
})

test('without a .env file nothing is read, and nothing is wrong', async (t) => {
  assert.equal(await load(await projectWith(t, undefined), {}), 'undefined undefined')
})

/** The folder of a project as far as it takes to read its environment. */
async function projectWith(t: TestContext, envFile: string | undefined): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'throughline-'))
  t.after(() => rm(folder, { recursive: true }))
  await cp(join(ROOT, 'src'), join(folder, 'src'), { recursive: true })
  await writeFile(join(folder, 'load.ts'), SCRIPT)
  await cp(join(ROOT, 'package.json'), join(folder, 'package.json'))
  await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'))
  if (envFile !== undefined) await writeFile(join(folder, '.env'), envFile)
  return folder
}

async function load(folder: string, env: Record<string, string>): Promise<string> {
  // From elsewhere: the folder of the entry point counts, not the one that the command was given in.
  const options = { cwd: tmpdir(), env }
  const { stdout } = await promisify(execFile)(process.execPath, [join(folder, 'load.ts')], options)
  return stdout
}
