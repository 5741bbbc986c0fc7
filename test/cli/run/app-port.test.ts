import assert from 'node:assert/strict'
import { test } from 'node:test'
import { appPort } from '../../../cli/run/app-port.ts'
import { holdPort } from '../../jaeger/held-port.ts'

test('a port in use gives way to another, which is said', async (t) => {
  const held = await holdPort()
  t.after(() => held.release())
  const wanted = Number(held.address.split(':')[1])
  for (const host of ['127.0.0.1', undefined]) {
    const { port, remarks } = await appPort(wanted, host)
    assert.ok(port > 0 && port !== wanted, `${port}`)
    assert.deepEqual(remarks, [`Port ${wanted} is taken: the app listens on ${port} instead.`])
  }
})

test('a port that is free stays, and any that is free is no news', async () => {
  const { address, release } = await holdPort()
  await release()
  const wanted = Number(address.split(':')[1])
  assert.deepEqual(await appPort(wanted, '127.0.0.1'), { port: wanted, remarks: [] })
  assert.deepEqual((await appPort(0, '127.0.0.1')).remarks, [])
})

test('an address that is not ours is an error, whatever the port', async () => {
  await assert.rejects(appPort(0, '192.0.2.1'), { code: 'EADDRNOTAVAIL' })
  await assert.rejects(appPort(8080, '192.0.2.1'), { code: 'EADDRNOTAVAIL' })
})
