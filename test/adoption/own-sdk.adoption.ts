import assert from 'node:assert/strict'
import { test } from 'node:test'
import { identitiesOf, requestLines } from '../e2e/observed-app.ts'
import { type OwnedApp, ownedApp } from './owned-app.ts'
import { noRegistry } from './registry.ts'

const skip = await noRegistry()

/** The sink reads JSON; the SDKs of others send protobuf where they are left alone. */
const EXPORT = { OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json' }

const FAMILIES = [
  ['own-sdk-2', '1.9.1', 'NodeSDK 2.x with auto-instrumentations of its own, CommonJS'],
  ['own-sdk-3', '1.10.0', 'NodeSDK 3.x of its own, CommonJS'],
] as const

for (const [app, api, title] of FAMILIES) {
  test(`an app keeps its SDK, and its lines and spans have both identities: ${title}`, {
    skip,
  }, async (t) => {
    const ferry = await ownedApp(t, { app, title })
    await ferry.run('npm test')
    await ferry.adopt('npm install throughline-0.1.0.tgz')
    await assertJoined(ferry, api)
    await ferry.run('npm test')
    await assertTold(ferry, WITH_NODE_SDK)
    if (app === 'own-sdk-2') await assertTold(ferry, WITH_AUTO_INSTRUMENTATIONS)
  })
}

async function assertJoined(ferry: OwnedApp, api: string): Promise<void> {
  const app = await ferry.start(EXPORT)
  const answer = await app.request('/crossings/7', 'abc-123')
  assert.equal(answer.body, '{"id":"7","metres":2}')
  await app.waitForLine(({ msg }) => msg === 'request completed')
  await ferry.adopted()
  await app.request('/storm', 'boom-777')
  const { code, lines, stderr } = await app.stop()
  assert.deepEqual([code, stderr], [0, ''])

  const [start] = lines
  assert.deepEqual(
    [start?.msg, start?.level, start?.sdk, start?.api],
    ['telemetry on', 30, 'TracerProvider', api],
  )
  const spans = new Map(app.spans.map((span) => [span.spanId, span]))
  for (const line of requestLines(lines)) {
    const { traceId, spanId, attributes } = spans.get(String(line.span_id)) ?? {}
    assert.deepEqual(identitiesOf(line), [attributes?.['correlation.id'], traceId, spanId, '01'])
  }
  // That of the call between two of our requests too; only what comes before our middleware has none.
  for (const { name, kind, attributes } of app.spans) {
    if (kind !== 'internal') assert.ok(attributes['correlation.id'], name)
  }
  const server = app.spans.filter(({ kind }) => kind === 'server')
  assert.deepEqual(server.map(({ name }) => name).sort(), [
    'GET /crossings/:id',
    'GET /storm',
    'GET /tide',
  ])
  const failed = server.find(({ name }) => name === 'GET /storm')
  assert.equal(failed?.events[0]?.attributes['exception.message'], 'the ferry is not running')
}

interface Preloads {
  options?: string
  args: string
  reason: RegExp
}

const FIRST = /another SDK holds trace.*take out throughline\/register to keep that one/

const WITH_NODE_SDK: Preloads[] = [
  { args: '--require ./telemetry.js --import throughline/register', reason: FIRST },
  {
    args: '--import throughline/register --import ./telemetry.js',
    reason: /two SDKs.*take out @opentelemetry\/sdk-node in .*telemetry\.js:\d+, or take out throu/,
  },
]

const AUTO = '@opentelemetry/auto-instrumentations-node/register'
const SECOND = /two SDKs.*take out @opentelemetry\/auto-instrumentations-node, or take out throu/

const WITH_AUTO_INSTRUMENTATIONS: Preloads[] = [
  { options: `--require ${AUTO}`, args: '--import throughline/register', reason: FIRST },
  { options: '--import throughline/register', args: `--import ${AUTO}`, reason: SECOND },
]

/** With our register besides, whichever comes first, the start says so. */
async function assertTold(ferry: OwnedApp, each: Preloads[]): Promise<void> {
  for (const { options, args, reason } of each) {
    // Nor does theirs ask the clouds where it runs.
    const env = { ...EXPORT, OTEL_NODE_RESOURCE_DETECTORS: 'none', NODE_OPTIONS: options ?? '' }
    const app = await ferry.start(env, `node ${args} server.js`)
    const { stderr, lines } = await app.stop()
    const [start] = lines
    assert.deepEqual([start?.msg, start?.level], ['telemetry on', 40], args)
    assert.match(String(start?.reason), reason)
    assert.doesNotMatch(stderr, /Attempted duplicate|does not match/)
  }
}
