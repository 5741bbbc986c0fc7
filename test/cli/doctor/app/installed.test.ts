import assert from 'node:assert/strict'
import { mkdir, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { installedFor } from '../../../../cli/doctor/app/installed.ts'
import { manifestIn, NO_MANIFEST } from '../../../../cli/package/manifest.ts'
import { appFolder, fakePackage } from '../app-folder.ts'

test('copies are found where Node would find them, each once, with what they came with', async (t) => {
  const folder = await appFolder(t, {
    linked: [],
    manifest: { dependencies: { nest: '*', express: '*', missing: '*' } },
    files: {
      ...fakePackage('express', { name: 'express', version: '4.22.1' }),
      ...fakePackage('nest', {
        name: 'nest',
        version: '11.0.0',
        // A circle, as there are some.
        dependencies: { express: '*', platform: '*', nest: '*' },
      }),
      ...fakePackage('nest/node_modules/express', { name: 'express', version: '5.3.0' }),
      ...fakePackage('platform', {
        name: 'platform',
        version: '1.0.0',
        dependencies: { express: '*', nest: '*' },
      }),
      ...fakePackage('unused', { name: 'unused', version: '1.0.0' }),
    },
  })
  assert.deepEqual(foundIn(folder), [
    'nest 11.0.0 via nest',
    'express 4.22.1 via express',
    'express 5.3.0 via nest',
    'platform 1.0.0 via nest',
  ])
})

test('a package is known by its own name, whatever it is called here', async (t) => {
  const folder = await appFolder(t, {
    linked: [],
    manifest: { dependencies: { express4: 'npm:express@4' } },
    files: fakePackage('express4', { name: 'express', version: '4.22.1' }),
  })
  assert.deepEqual(foundIn(folder), ['express 4.22.1 via express4'])
})

test("pnpm's links lead to the dependencies beside the real folder", async (t) => {
  const folder = await appFolder(t, {
    linked: [],
    manifest: { dependencies: { nest: '*' } },
    files: {
      ...fakePackage('.pnpm/nest@1/node_modules/nest', {
        name: 'nest',
        version: '1.0.0',
        dependencies: { express: '*' },
      }),
      ...fakePackage('.pnpm/express@5/node_modules/express', { name: 'express', version: '5.3.0' }),
    },
  })
  const modules = join(folder, 'node_modules')
  const link = (from: string, to: string) =>
    symlink(join(modules, '.pnpm', from), join(modules, to))
  await mkdir(modules, { recursive: true })
  await link('nest@1/node_modules/nest', 'nest')
  await link('express@5/node_modules/express', '.pnpm/nest@1/node_modules/express')
  assert.deepEqual(foundIn(folder), ['nest 1.0.0 via nest', 'express 5.3.0 via nest'])
})

test('what a folder above has counts too, as in a workspace', async (t) => {
  const folder = await appFolder(t, {
    linked: [],
    files: {
      ...fakePackage('express', { name: 'express', version: '5.3.0' }),
      'apps/shop/package.json': JSON.stringify({ dependencies: { express: '*' } }),
    },
  })
  assert.deepEqual(foundIn(join(folder, 'apps/shop')), ['express 5.3.0 via express'])
})

function foundIn(folder: string): string[] {
  const copies = installedFor(folder, manifestIn(folder) ?? NO_MANIFEST)
  return copies.map(({ name, version, via }) => `${name} ${version} via ${via}`)
}
