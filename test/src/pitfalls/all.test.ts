import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const ALL = fileURLToPath(new URL('../../../src/pitfalls/all.ts', import.meta.url))

const PRINTED = `\
A listener, which runs in the context of whoever emits
UNBOUND listener store = undefined
BOUND listener store   = req-2

An abort listener, which runs in that of whoever aborts
UNBOUND abort listener of req-1 = req-2
BOUND abort listener of req-1   = req-1

A batch, which runs in that of whoever came first
UNBOUND task of req-2 in a batch = req-1
BOUND task of req-2 in a batch   = req-2

A pool, which calls from that of whoever was before
UNBOUND callback of req-2 in a pool = req-1
BOUND callback of req-2 in a pool   = req-2

A slow stream, which writes in that of the chunk before
UNBOUND chunk of req-2 = req-1
BOUND chunk of req-2   = req-2

An async generator, whose body runs in that of whoever asks
UNBOUND generator of req-1 = req-2
BOUND generator of req-1   = req-1

A worker thread, which has none
WITHOUT a carrier, in a worker of req-1 = undefined
WITH a carrier, in a worker of req-1    = req-1

A forked process, which has none
WITHOUT a carrier, in a process of req-1 = undefined
WITH a carrier, in a process of req-1    = req-1

`

test('each lesson prints its broken and its cured form, in order', async () => {
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [ALL])

  assert.equal(stdout, PRINTED)
  assert.equal(stderr, '')
})
