import assert from 'node:assert/strict'
import { cp, mkdir, mkdtemp, readdir, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { build } from 'esbuild'
import { REGISTERED, ROOT } from './app-process.ts'
import { observedApp } from './observed-app.ts'

const entry = 'test/e2e/fixtures/late-express.ts'

test('an Express in a bundle is warned about once, with what to do, and no route is half of one', async (t) => {
  const file = join(await scratch(t), 'bundle.cjs')
  await build({
    entryPoints: ['express'],
    bundle: true,
    platform: 'node',
    outfile: file,
    absWorkingDir: ROOT,
  })
  const app = await observedApp(t, { entry, env: { EXPRESS: file } })
  for (const path of ['/items/7', '/api/items/7', '/api/items/8']) await app.request(path)
  await app.stop()

  const warnings = app.lines.filter(({ level }) => level === 40)
  assert.deepEqual(
    warnings.map(({ msg, unpatched }) => [msg, unpatched]),
    [['telemetry incomplete', ['express']]],
  )
  assert.match(String(warnings[0]?.reason), /esbuild: --external:express/)
  assert.deepEqual(
    app.spans.map(({ name }) => name),
    ['GET /items/:id', 'GET', 'GET'],
  )
})

test('an Express that is loaded after the start is patched all the same', async (t) => {
  const app = await observedApp(t, { entry, env: { EXPRESS: 'express' } })
  await app.request('/api/items/7')
  await app.stop()
  assert.deepEqual(
    app.lines.filter(({ level }) => level === 40),
    [],
  )
  assert.equal(app.spans[0]?.name, 'GET /api/items/:id')
})

test('one copy of Express that was loaded too soon is enough for the warning', async (t) => {
  const app = await observedApp(t, {
    nodeArgs: ['--require', await copyOfExpress(t), ...REGISTERED],
  })
  await app.stop()
  const [line] = app.lines
  assert.equal(line?.msg, 'telemetry on')
  assert.deepEqual(line.unpatched, ['express'])
})

async function scratch(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'express-'))
  t.after(() => rm(folder, { recursive: true }))
  return folder
}

/** The entry file of a second Express, which shares what it depends on with the first. */
async function copyOfExpress(t: TestContext): Promise<string> {
  const here = join(ROOT, 'node_modules')
  const there = join(await scratch(t), 'node_modules')
  await mkdir(there)
  for (const name of await readdir(here)) {
    if (name === 'express') await cp(join(here, name), join(there, name), { recursive: true })
    else await symlink(join(here, name), join(there, name))
  }
  return join(there, 'express', 'index.js')
}
