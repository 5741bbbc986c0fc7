import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { Client, credentials, type ServiceError } from '@grpc/grpc-js'
import type { HomePorts } from '../../../cli/run/home-ports.ts'
import { findOrStartHome, type TraceHome } from '../../../cli/run/trace-home.ts'
import { startViewer } from '../../../viewer/viewer.ts'
import { holdPort } from '../../jaeger/held-port.ts'
import { startJaeger, withoutJaeger } from '../../jaeger/start-jaeger.ts'
import { request, span } from '../../viewer/receiver/wire.ts'
import { traceIdOf } from '../../viewer/traffic.ts'
import { listen } from '../fake-backend.ts'

test('with nothing there the viewer starts on the ports asked for', async (t) => {
  const [first, second] = await Promise.all([holdPort(), holdPort()])
  const [ui, otlp] = [portOf(first.address), portOf(second.address)]
  await Promise.all([first.release(), second.release()])
  const home = await start(t, { uiPort: ui, otlpPort: otlp })
  assert.deepEqual(
    { ...home, close: undefined },
    {
      ui: `http://127.0.0.1:${ui}`,
      otlp: `http://127.0.0.1:${otlp}`,
      keepsLogs: true,
      remarks: [],
      close: undefined,
    },
  )
})

test('a viewer that is there is used, and outlives us', async (t) => {
  const viewer = await startViewer({ uiPort: 0, otlpPort: 0 })
  t.after(() => viewer.close())
  const home = await start(t, { uiPort: portOf(viewer.ui), otlpPort: portOf(viewer.otlp) })
  assert.equal(portOf(home.ui), portOf(viewer.ui))
  assert.equal(portOf(home.otlp), portOf(viewer.otlp))
  assert.equal(home.keepsLogs, true)
  await home.close()
  assert.equal((await fetch(viewer.ui)).status, 200)
})

test('a Jaeger that is there is used, before its first span too', {
  skip: withoutJaeger(),
}, async (t) => {
  const jaeger = await startJaeger(t)
  const home = await start(t, { uiPort: portOf(jaeger.ui), otlpPort: portOf(jaeger.otlp) })
  assert.equal(portOf(home.ui), portOf(jaeger.ui))
  assert.equal(home.keepsLogs, false)
})

test('half a backend is left alone, on either side', async (t) => {
  const other = await startViewer({ uiPort: 0, otlpPort: 0 })
  t.after(() => other.close())
  const noOtlp = await start(t, { uiPort: portOf(other.ui), otlpPort: 0 })
  assert.notEqual(portOf(noOtlp.ui), portOf(other.ui))
  assert.match(
    noOtlp.remarks.join(),
    /taken by a trace UI that lacks its other half: the viewer is/,
  )
  const noUi = await start(t, { uiPort: 0, otlpPort: portOf(other.otlp) })
  assert.notEqual(portOf(noUi.otlp), portOf(other.otlp))
  assert.match(noUi.remarks.join(), /taken by an OTLP receiver that lacks its other half: traces/)
})

test('what holds a port is told: another server, or what speaks no HTTP', async (t) => {
  const page = await listen(t, (_request, response) => response.end('<!doctype html>'))
  const mute = await listen(t, (request) => request.socket.destroy())
  const home = await start(t, { uiPort: portOf(page), otlpPort: portOf(mute) })
  assert.deepEqual(home.remarks, [
    `Port ${portOf(page)} is taken by a server that answers 200: the viewer is at ${home.ui} instead.`,
    `Port ${portOf(mute)} is taken by what does not answer HTTP: traces are taken at ${home.otlp} instead.`,
  ])
  assert.equal((await fetch(`${home.ui}/api/v3/services`)).status, 200)
})

test('traces are taken over gRPC too', async (t) => {
  const { address, release } = await holdPort()
  await release()
  const home = await start(t, { grpc: { port: portOf(address), needed: true } })
  const client = new Client(address, credentials.createInsecure())
  t.after(() => client.close())
  const bytes = (all: Buffer) => all
  const path = '/opentelemetry.proto.collector.trace.v1.TraceService/Export'
  const { promise, resolve } = Promise.withResolvers<ServiceError | null>()
  client.makeUnaryRequest(path, bytes, bytes, request(span(1)), resolve)
  assert.equal(await promise, null)
  assert.equal((await fetch(`${home.ui}/api/v3/traces/${traceIdOf(1)}`)).status, 200)
})

test('gRPC is done without where another has its default port, which is said', async (t) => {
  const { address, release } = await holdPort()
  t.after(release)
  const grpc = { port: portOf(address), needed: false }
  const { remarks, ui } = await start(t, { grpc })
  assert.match(remarks.join(), new RegExp(`^No OTLP over gRPC: .*${address}: the port is in use;`))
  assert.equal((await fetch(`${ui}/api/v3/services`)).status, 200)
})

test('a port for gRPC that was asked for and is in use is a failure', async (t) => {
  const { address, release } = await holdPort()
  t.after(release)
  const grpc = { port: portOf(address), needed: true }
  await assert.rejects(start(t, { grpc }), { name: 'CommandError', message: /the port is in use/ })
})

const anyPort = { port: 0, needed: false }

async function start(t: TestContext, ports: Partial<HomePorts>): Promise<TraceHome> {
  const home = await findOrStartHome({ uiPort: 0, otlpPort: 0, grpc: anyPort, ...ports })
  let closed: Promise<void> | undefined
  const close = () => {
    closed ??= home.close()
    return closed
  }
  t.after(close)
  return { ...home, close }
}

function portOf(address: string): number {
  return Number(address.split(':').at(-1))
}
