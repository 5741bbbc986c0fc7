import assert from 'node:assert/strict'
import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { isInstalled } from '../../bench/install.ts'

test('the peers are installed where they are missing, or older than the lock file', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'bench-'))
  t.after(() => rm(folder, { recursive: true }))
  const lock = join(folder, 'package-lock.json')
  await writeFile(lock, '{}')
  assert.equal(isInstalled(folder), false)

  await mkdir(join(folder, 'node_modules'))
  assert.equal(isInstalled(folder), false, 'an installation that was broken off')

  await writeFile(join(folder, 'node_modules/.package-lock.json'), '{}')
  await utimes(lock, 1000, 1000)
  assert.equal(isInstalled(folder), true)

  await utimes(lock, 9e9, 9e9)
  assert.equal(isInstalled(folder), false, 'a lock file that has changed since')
})
