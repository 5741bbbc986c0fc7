import assert from 'node:assert/strict'
import { test } from 'node:test'
import { freePort } from '../../../cli/run/free-port.ts'
import { holdPort } from '../../jaeger/held-port.ts'

test('a port in use gives way to another', async (t) => {
  const held = await holdPort()
  t.after(() => held.release())
  const wanted = Number(held.address.split(':')[1])
  const found = await freePort(wanted, '127.0.0.1')
  assert.ok(found > 0 && found !== wanted, `${found}`)
})

test('a port that is free stays', async () => {
  const wanted = await freePort(0, '127.0.0.1')
  assert.equal(await freePort(wanted, '127.0.0.1'), wanted)
})

test('an address that is not ours is an error, whatever the port', async () => {
  await assert.rejects(freePort(0, '192.0.2.1'), { code: 'EADDRNOTAVAIL' })
})
