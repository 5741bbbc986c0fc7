import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { globSync, readFileSync } from 'node:fs'
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('..', import.meta.url))

const AGAINST_THE_ARROWS = {
  'src/a.ts': '../otel/sdk.ts',
  'src/b.ts': '../viewer/viewer.ts',
  'src/c.ts': '../cli/main.ts',
  'src/room/d.ts': '../../otel/sdk.ts',
  'src/throughline/m.ts': '../app.ts',
  'src/throughline/room/n.ts': '../../routes/work.ts',
  'src/throughline/room/o.ts': '../../../otel/sdk.ts',
  'src/throughline/room/p.ts': '../../config.ts',
  'src/throughline/room/s.ts': '../../queue/order-queue.ts',
  'src/throughline/room/t.ts': '../../orders.ts',
  'src/throughline/room/u.ts': '../../pitfalls/pool.ts',
  'otel/e.ts': '../viewer/viewer.ts',
  'otel/f.ts': '../cli/main.ts',
  'viewer/g.ts': '../otel/sdk.ts',
  'viewer/h.ts': '../cli/main.ts',
  'cli/i.ts': '../test/e2e/sink.ts',
  'src/n.ts': '../bench/variants.ts',
  'otel/o.ts': '../bench/variants.ts',
  'viewer/p.ts': '../bench/variants.ts',
  'cli/q.ts': '../bench/variants.ts',
  'bench/r.ts': '../test/e2e/sink.ts',
}
const ALONG_THEM = {
  'src/q.ts': './throughline/throughline.ts',
  'src/throughline/room/r.ts': '../other/app-package.ts',
  'otel/k.ts': '../src/throughline/telemetry.ts',
  'cli/room/l.ts': '../../viewer/viewer.ts',
  'cli/m.ts': '../otel/sdk.ts',
  'bench/room/s.ts': '../../src/throughline/telemetry.ts',
}

test('npm run check finds every import against the arrows between the folders, and no other', async (t) => {
  const refused = await refusedBy(t, { ...AGAINST_THE_ARROWS, ...ALONG_THEM })
  assert.deepEqual(refused.sort(), Object.keys(AGAINST_THE_ARROWS).sort())
})

/** The files that Biome refuses for what they import, in a folder with our rules and these files. */
async function refusedBy(t: TestContext, files: Record<string, string>): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'arrows-'))
  t.after(() => rm(folder, { recursive: true }))
  await cp(join(ROOT, 'biome.json'), join(folder, 'biome.json'))
  for (const [file, imported] of Object.entries(files)) {
    await mkdir(join(folder, dirname(file)), { recursive: true })
    await writeFile(join(folder, file), `import '${imported}'\n`)
  }
  const { stdout, stderr, error } = spawnSync(
    join(ROOT, 'node_modules/.bin/biome'),
    ['lint', '--vcs-enabled=false', '--max-diagnostics=none'],
    { cwd: folder, encoding: 'utf8' },
  )
  if (error) throw error
  const refusals = (stdout + stderr).matchAll(/(\S+):1:\d+ lint\/style\/noRestrictedImports/g)
  return [...refusals].map(([, file = '']) => file)
}

test('no module imports itself by way of others, as it runs', () => {
  const circles = new Set<string>()
  const [open, done] = [new Set<string>(), new Set<string>()]
  const follow = (file: string) => {
    if (open.has(file)) circles.add([...open].slice([...open].indexOf(file)).join(' → '))
    if (open.has(file) || done.has(file)) return
    open.add(file)
    for (const imported of importsOf(file)) follow(imported)
    open.delete(file)
    done.add(file)
  }
  for (const folder of ['src', 'otel', 'cli', 'viewer', 'bench'])
    for (const file of globSync(`${folder}/**/*.ts`, { cwd: ROOT, exclude: ['**/node_modules'] }))
      follow(file)
  assert.ok(done.size > 200, `${done.size} files`)
  assert.deepEqual([...circles], [])
})

/** Of our own files, those that one loads; its types are gone by then. */
function importsOf(file: string): string[] {
  const text = readFileSync(join(ROOT, file), 'utf8')
  const imports = text.matchAll(/^(?:import|export) (?!type )[^'(]*'(\.[^']+\.ts)'$/gm)
  return [...imports].map(([, imported = '']) => join(dirname(file), imported))
}
