import assert from 'node:assert/strict'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { needExpress } from '../../../cli/demo/express-here.ts'
import { ROOT } from '../command-process.ts'

test("the demo's app runs on the Express 5 of its folder", () => {
  needExpress(ROOT)
})

test('with an older Express, or none, it is said what would do', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'no-express-'))
  t.after(() => rm(folder, { recursive: true }))
  assert.throws(() => needExpress(folder), {
    name: 'CommandError',
    message: /there is none here: .*express@5/,
  })

  await install(folder, '4.22.1')
  assert.throws(() => needExpress(folder), {
    name: 'CommandError',
    message: /here it is 4\.22\.1: /,
  })
})

async function install(folder: string, version: string): Promise<void> {
  const express = join(folder, 'node_modules/express')
  await mkdir(express, { recursive: true })
  await writeFile(join(express, 'package.json'), JSON.stringify({ name: 'express', version }))
}
