import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const LESSON = fileURLToPath(new URL('../../src/pitfalls.ts', import.meta.url))

test('the lesson on listeners prints what the documents say it prints', async () => {
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [LESSON])

  assert.equal(stdout, 'UNBOUND listener store = undefined\nBOUND listener store   = req-2\n')
  assert.equal(stderr, '')
})
