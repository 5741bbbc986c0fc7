import assert from 'node:assert/strict'
import { lstat, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { ownedApp } from './owned-app.ts'
import { noRegistry } from './registry.ts'

/** For all that an installation adds, in bytes. */
const LIMIT = 3_000_000

test('the package and what it depends on are less than 3 MB', {
  skip: await noRegistry(),
}, async (t) => {
  const shop = await ownedApp(t, { app: 'empty' })
  await shop.adopt('npm install throughline-0.1.0.tgz')
  const modules = join(shop.folder, 'node_modules')
  const paths = await readdir(modules, { recursive: true })
  const sizes = await Promise.all(
    paths.map(async (path) => (await lstat(join(modules, path))).size),
  )
  const bytes = sizes.reduce((sum, size) => sum + size, 0)
  t.diagnostic(`${bytes} bytes in ${paths.length} files and folders`)
  assert.ok(bytes < LIMIT, `${bytes} bytes`)
})
