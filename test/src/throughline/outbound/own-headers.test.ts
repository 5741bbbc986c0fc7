import assert from 'node:assert/strict'
import { request } from 'node:http'
import { test } from 'node:test'
import { keepFromCopies } from '../../../../src/throughline/outbound/own-headers.ts'

test('a call tells none of the headers that were added to it, but each by its name, and what the caller has set since', (t) => {
  const call = request({ setHost: false, headers: { accept: 'a/b', 'x-a': 'ours', 'x-b': 'ours' } })
  t.after(() => call.destroy())
  call.on('error', () => {})
  keepFromCopies(call, { 'x-a': 'ours' })
  keepFromCopies(call, { 'x-b': 'ours' })

  assert.deepEqual({ ...call.getHeaders() }, { accept: 'a/b' })
  assert.deepEqual([call.getHeader('X-A'), call.hasHeader('x-b')], ['ours', true])
  call.setHeader('X-A', "the caller's")
  assert.deepEqual({ ...call.getHeaders() }, { accept: 'a/b', 'x-a': "the caller's" })
})
