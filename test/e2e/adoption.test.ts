import assert from 'node:assert/strict'
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { ROOT, spawnApp } from './app-process.ts'
import { identitiesOf, requestLines } from './observed-app.ts'
import { startSink } from './sink.ts'

const ROUTE = `app.get('/items/:id', (req, res) => { logger.info('found'); res.json(7) })`

test('whoever copies the sources into an app of their own, as the README says, has both identities on every line', async (t) => {
  const sink = await startSink(t)
  const shop = await shopWithThroughline(t)
  const app = spawnApp(t, {
    nodeArgs: ['--import', join(shop, 'throughline/otel/register.ts')],
    entry: join(shop, 'server.mjs'),
    env: { OTEL_EXPORTER_OTLP_ENDPOINT: sink.url },
  })
  const { port } = await app.waitForLine(({ msg }) => msg === 'listening')
  const headers = { 'x-correlation-id': 'abc-123' }
  assert.equal(await (await fetch(`http://127.0.0.1:${port}/items/9`, { headers })).json(), 7)
  const { code, lines } = await app.stop()

  assert.equal(code, 0)
  const [span] = sink.spans
  assert.equal(span?.name, 'GET /items/:id')
  assert.equal(span.resource['service.name'], 'shop')
  const written = requestLines(lines)
  assert.deepEqual(
    written.map(({ msg }) => msg),
    ['found', 'request completed'],
  )
  for (const line of written) {
    assert.deepEqual(identitiesOf(line), ['abc-123', span.traceId, span.spanId, '01'])
  }
})

/** A CommonJS package with an Express app, after the steps of the README. */
async function shopWithThroughline(t: TestContext): Promise<string> {
  const shop = await mkdtemp(join(tmpdir(), 'shop-'))
  t.after(() => rm(shop, { recursive: true }))
  const readme = await readFile(join(ROOT, 'README.md'), 'utf8')
  const [, copied = ''] = /copy (`.*?) into a folder/s.exec(readme) ?? []
  const [, entry = ''] = /```js\n(.*?)```/s.exec(readme) ?? []

  await writeFile(join(shop, 'package.json'), '{"name":"shop"}')
  await symlink(join(ROOT, 'node_modules'), join(shop, 'node_modules'))
  for (const [, path = ''] of copied.matchAll(/`([^`]+)`/g)) {
    await cp(join(ROOT, path), join(shop, 'throughline', path), { recursive: true })
  }
  await writeFile(join(shop, 'throughline/package.json'), '{"type":"module"}')
  const server = entry
    .replace("'throughline'", "'./throughline/src/index.ts'")
    .replace('// … your routes …', ROUTE)
    .replace('listen(3000)', 'listen(0)')
  await writeFile(join(shop, 'server.mjs'), server)
  return shop
}
