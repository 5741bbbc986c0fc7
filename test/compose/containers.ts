// `node --test test/compose/containers.ts`: docker-compose.yml with real containers, on free ports beside whatever
// else runs. No part of `npm test`, since the first run builds an image.
import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { z } from 'zod'
import type { Line } from '../e2e/app-process.ts'
import { openBrowser, withoutChromium } from './browser.ts'
import { type Compose, startContainers, withoutDocker } from './docker.ts'
import { howMany, jaegerTrace } from './jaeger-trace.ts'

const skip = await withoutDocker()

for (const storage of ['memory', 'badger'] as const) {
  test(`docker compose with ${storage}`, { skip }, async (t) => {
    const compose = await startContainers(t, { JAEGER_STORAGE: storage })
    await t.test('answers, and each line leads to its trace and lines', () =>
      leadsToTraces(compose),
    )
    await t.test('trace_url shows them in the UI', { skip: withoutChromium }, (t) =>
      showsTrace(t, compose),
    )
    await t.test('runs as no root, as process 1, with nothing to write to', () =>
      isConfined(compose),
    )
    await t.test('loses no span while Jaeger is away', () => survivesOutage(compose))
    await t.test('says how many spans were lost to a longer one', () => saysWhatIsLost(compose))
    await t.test('ends by itself, its last spans sent', () => endsInOrder(compose))
    if (storage === 'badger')
      await t.test('has its traces after down and up', () => keepsTraces(compose))
  })
}

async function leadsToTraces(compose: Compose): Promise<void> {
  const answers = {
    '/work': { ok: true, correlationId: 'id/work' },
    '/boom': { error: 'internal', correlationId: 'id/boom' },
    '/proxy': { here: 'id/proxy', downstreamReceived: 'id/proxy' },
  }
  const spans = { '/work': 1, '/boom': 1, '/proxy': 3 }
  for (const path of ['/work', '/boom', '/proxy'] as const) {
    const { answer, line } = await compose.request(path, `id${path}`)
    assert.deepEqual(answer, answers[path])
    const { origin, pathname } = new URL(String(line.trace_url))
    assert.deepEqual([origin, pathname], [compose.ui, `/trace/${line.trace_id}`])
    const trace = await jaegerTrace(compose.ui, line.trace_id, spans[path])
    const lines = trace.flatMap(({ events }) => events.map(({ name }) => name))
    assert.ok(lines.includes('request completed'), String(lines))
  }
}

async function showsTrace(t: TestContext, compose: Compose): Promise<void> {
  const { line } = await compose.request('/work', 'in-the-ui')
  await jaegerTrace(compose.ui, line.trace_id, 1)
  const page = await (await openBrowser(t)).newPage()
  await page.goto(String(line.trace_url))
  await page.locator('.span-row.is-matching-filter').getByText('GET /work').waitFor()
  await page.getByText('done with async work').waitFor()
}

async function isConfined(compose: Compose): Promise<void> {
  const { line } = await compose.request('/work', 'confined')
  assert.equal(line.pid, 1)
  for (const service of ['app', 'downstream', 'jaeger']) {
    assert.notEqual(await compose.run('exec', service, 'id', '-u'), '0')
    await assert.rejects(compose.run('exec', service, 'touch', '/etc/x'), /Read-only file system/)
  }
}

/** Requests go on from when Jaeger has stopped until it is back: their spans wait in the app. */
async function survivesOutage(compose: Compose): Promise<void> {
  await compose.run('stop', 'jaeger')
  let back = false
  const returning = compose.run('up', '--wait', '--no-recreate', 'jaeger').then(() => {
    back = true
  })
  const ids: string[] = []
  while (!back) ids.push(...(await compose.traces('/work', 4)))
  await returning
  for (const id of ids) await jaegerTrace(compose.ui, id, 1)
  assert.deepEqual(await linesWith(compose, 'telemetry export failing'), [])
}

/** More requests than the queue (2048 spans) and the batch on its way (512) have room for. */
async function saysWhatIsLost(compose: Compose): Promise<void> {
  await compose.run('stop', 'jaeger')
  const ids: string[] = []
  while (ids.length < 3000) ids.push(...(await compose.traces('/echo', 50)))
  await compose.run('up', '--wait', '--no-recreate', 'jaeger')
  const { spansLost } = await compose.line('app', ({ msg }) => msg === 'telemetry export recovered')

  const [failing] = await linesWith(compose, 'telemetry export failing')
  assert.equal(failing?.reason, 'queue full')
  const lost = z.number().min(1).max(ids.length).parse(spansLost)
  assert.equal(await howMany(compose.ui, ids, ids.length - lost), ids.length - lost)
}

async function linesWith(compose: Compose, message: string): Promise<Line[]> {
  return (await compose.lines('app')).filter(({ msg }) => msg === message)
}

async function endsInOrder(compose: Compose): Promise<void> {
  const { line } = await compose.request('/proxy', 'last')
  await compose.run('stop', 'app', 'downstream')
  await jaegerTrace(compose.ui, line.trace_id, 3)
  await compose.run('stop', 'jaeger')
  for (const service of ['app', 'downstream', 'jaeger'])
    assert.equal(await compose.exitCode(service), 0, `${service} was killed`)
}

async function keepsTraces(compose: Compose): Promise<void> {
  const before = (await compose.lines('app')).find(
    ({ correlationId }) => correlationId === 'id/work',
  )
  await compose.run('down')
  await compose.run('up', '--wait')
  await jaegerTrace(compose.ui, before?.trace_id, 1)
}
