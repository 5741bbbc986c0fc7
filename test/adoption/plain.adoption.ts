import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startGrpcSink } from '../e2e/grpc-sink.ts'
import { assertTree } from '../e2e/span-tree.ts'
import { askJoined } from './joined.ts'
import { ownedApp } from './owned-app.ts'
import { noRegistry } from './registry.ts'

const skip = await noRegistry()

for (const node of ['22', '24', '26']) {
  test(`an app without a logger has one on Node ${node}`, { skip }, async (t) => {
    const shop = await ownedApp(t, {
      app: 'plain',
      title: 'JavaScript, ESM, Express 5, no logger, on Node 22, 24, 26',
      install: `npm install --save-dev node@${node}`,
    })
    await shop.run('npm test')
    await shop.adopt('npm install throughline-0.1.0.tgz')
    assert.match(await shop.run('node --version'), new RegExp(`^v${node}\\.`))
    const app = await shop.start()
    const { lines, traceId } = await askJoined(app, '/tides/Whitby', 'abc-123')
    await shop.adopted()
    assert.deepEqual(
      lines.map(({ msg }) => msg),
      ['tides of Whitby', 'request completed'],
    )
    const adrift = await askJoined(app, '/drift', 'boom-777')
    assert.deepEqual(
      adrift.lines.map(({ msg }) => msg),
      ['request failed', 'request completed'],
    )
    const { code, stderr } = await app.stop()
    assert.deepEqual([code, stderr], [0, ''])
    assert.deepEqual(
      [app.lines[0]?.msg, app.lines[0]?.patched],
      ['telemetry on', ['http', 'express', 'undici']],
    )
    assertTree(app.spans, 'GET /drift (server) ERROR\nGET /tides/:harbour (server)')
    const span = app.spans.find(({ name }) => name === 'GET /tides/:harbour')
    assert.deepEqual(
      [span?.traceId, span?.resource['service.name'], span?.resource['service.version']],
      [traceId, 'tides', '3.1.4'],
    )
    await shop.run('npm test')
  })
}

test('its spans go out over gRPC as well, and no package has to be added for that', {
  skip,
}, async (t) => {
  const shop = await ownedApp(t, { app: 'plain' })
  await shop.adopt('npm install throughline-0.1.0.tgz')
  const sink = await startGrpcSink(t)
  const app = await shop.start({
    OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc',
    OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${sink.port}`,
  })
  await askJoined(app, '/tides/Whitby', 'abc-123')
  const { code, stderr } = await app.stop()
  assert.deepEqual([code, stderr], [0, ''])
  assert.equal(sink.received.length, 1)
  assert.deepEqual(
    app.lines.filter(({ level }) => level !== 30),
    [],
  )
})

test('an older Node ends at once, with a line that says which would do', { skip }, async (t) => {
  const shop = await ownedApp(t, { app: 'plain', install: 'npm install --save-dev node@20' })
  await shop.adopt('npm install throughline-0.1.0.tgz')
  await assert.rejects(shop.run('npm start'), /\nCannot start: Node 20\.[^\n]* 26 and later\n$/)
})
