import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { suite, type TestContext, test } from 'node:test'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { promisify } from 'node:util'

const ROOT = fileURLToPath(new URL('../../../../', import.meta.url))
const SHOP = '{"name":"shop","version":"1.2.3"}'

suite('the package of the app is the nearest above what was started', () => {
  test('that has a name: one that only names a module system is passed over', async (t) => {
    const folder = await folderWith(t, {
      'package.json': SHOP,
      'dist/package.json': '{"type":"module"}',
    })
    assert.equal(await started(folder, 'dist/main.mjs'), 'package.json shop 1.2.3')
  })

  test('that can be read', async (t) => {
    const folder = await folderWith(t, {
      'package.json': SHOP,
      'a/b/package.json': '{"name":7}',
      'a/b/c/package.json': '[]',
    })
    assert.equal(await started(folder, 'a/b/c/main.mjs'), 'package.json shop 1.2.3')
  })

  test('and none in an image that has only the code', async (t) => {
    const folder = await folderWith(t, {
      'node_modules/express/package.json': '{"name":"express"}',
    })
    assert.equal(await started(folder, 'dist/main.mjs'), 'none')
  })

  test('of the file that a link leads to', async (t) => {
    const folder = await folderWith(t, { 'services/shop/package.json': SHOP })
    await mkdir(join(folder, 'bin'))
    await symlink('../services/shop/main.mjs', join(folder, 'bin/shop.mjs'))
    const run = await started(folder, 'services/shop/main.mjs', ['bin/shop.mjs'])
    assert.equal(run, 'services/shop/package.json shop 1.2.3')
  })

  test('also where what was started is a folder, or has no extension', async (t) => {
    const folder = await folderWith(t, { 'package.json': SHOP })
    for (const entry of ['dist', 'dist/index']) {
      assert.equal(await started(folder, 'dist/index.js', [entry]), 'package.json shop 1.2.3')
    }
  })

  test('and where nothing was started, above the folder that one is in', async (t) => {
    const folder = await folderWith(t, { 'package.json': SHOP })
    assert.equal(await started(folder, 'unused.mjs', ['--eval', '0']), 'package.json shop 1.2.3')
  })
})

suite('a tool that runs the app does not give it its name', () => {
  const tool = { 'package.json': SHOP, 'node_modules/tool/package.json': '{"name":"tool"}' }

  test('the folder that it was started in counts', async (t) => {
    const folder = await folderWith(t, tool)
    assert.equal(await started(folder, 'node_modules/tool/bin.mjs'), 'package.json shop 1.2.3')
  })

  const pm2 = { 'node_modules/pm2/package.json': '{"name":"pm2"}', 'apps/shop/package.json': SHOP }
  const script = 'node_modules/pm2/lib/ProcessContainer.mjs'
  for (const mode of ['pm_exec_path', 'pm2_env']) {
    test(`under pm2, the app that it was told of by ${mode}`, async (t) => {
      const folder = await folderWith(t, pm2)
      const app = join(folder, 'apps/shop/main.js')
      const value = mode === 'pm2_env' ? JSON.stringify({ pm_exec_path: app }) : app
      const run = await started(folder, script, [script], { [mode]: value })
      assert.equal(run, 'apps/shop/package.json shop 1.2.3')
    })
  }
})

/** A folder with these files, outside of any package. */
async function folderWith(t: TestContext, files: Record<string, string>): Promise<string> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'app-package-')))
  t.after(() => rm(folder, { recursive: true }))
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true })
    await writeFile(join(folder, name), text)
  }
  return folder
}

/** What a process that runs `script` in `folder` takes for the app's package: where, its name and its version. */
async function started(folder: string, script: string, args = [script], env = {}): Promise<string> {
  await mkdir(dirname(join(folder, script)), { recursive: true })
  await writeFile(join(folder, script), '')
  const module = pathToFileURL(join(ROOT, 'src/throughline/settings/app-package.ts')).href
  const code = `import { appPackage } from '${module}'
    const { path, name, version } = appPackage() ?? {}
    process.stdout.write(path ? [path, name, version].join(' ') : 'none')`
  const preload = ['--import', `data:text/javascript,${encodeURIComponent(code)}`]
  const options = { cwd: folder, env }
  const { stdout } = await promisify(execFile)(process.execPath, [...preload, ...args], options)
  return stdout.replace(`${folder}/`, '')
}
