import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { type TestContext, test } from 'node:test'
import { z } from 'zod'
import { takenByJaeger, takenWhole } from './receiver/oddities.ts'
import { postJson, runningViewer } from './running-viewer.ts'
import { keyValues, span, spanIdOf, traceIdOf, traces } from './traffic.ts'

const { JAEGER_BIN } = process.env
const skip = JAEGER_BIN
  ? false
  : 'set JAEGER_BIN to a Jaeger 2.20 binary to compare the viewer with it'

/** Three traces: one over two services with an error, one without a root, one with all kinds of values. */
const traffic = [
  traces(
    'front',
    span({
      attributes: {
        'correlation.id': 'abc-123',
        'http.response.status_code': 200,
        b: true,
        d: 1.5,
      },
      took: 50,
    }),
    span({ spanId: spanIdOf(2), parentSpanId: spanIdOf(1), name: 'GET', kind: 3, at: 5, took: 40 }),
  ),
  traces(
    'back',
    span({
      spanId: spanIdOf(3),
      parentSpanId: spanIdOf(2),
      name: 'GET /boom',
      at: 10,
      took: 30,
      status: { code: 2, message: 'downstream exploded' },
      events: [
        {
          timeUnixNano: '1780000000000000001',
          name: 'exception',
          attributes: keyValues({ 'exception.type': 'Error' }),
        },
      ],
      links: [{ traceId: traceIdOf(2), spanId: spanIdOf(9), attributes: [] }],
    }),
  ),
  traces(
    'back',
    span({
      traceId: traceIdOf(2),
      spanId: spanIdOf(4),
      parentSpanId: spanIdOf(99),
      name: 'job',
      kind: 5,
      at: 1000,
      took: 2000,
      status: { code: 1 },
    }),
  ),
  traces(
    'front',
    span({
      traceId: traceIdOf(3),
      spanId: spanIdOf(5),
      kind: 'SPAN_KIND_PRODUCER',
      name: 'send',
      at: 2000,
      traceState: 'a=b',
      flags: 257,
      droppedAttributesCount: 2,
    }),
  ),
]

const range = 'query.startTimeMin=2026-01-01T00:00:00Z&query.startTimeMax=2026-12-31T00:00:00Z'
const having = (attributes: Record<string, string>) =>
  `query.attributes=${encodeURIComponent(JSON.stringify(attributes))}`
const searches = [
  '',
  'query.serviceName=front',
  'query.serviceName=nobody',
  'query.operationName=job',
  'query.serviceName=front&query.operationName=job',
  'query.durationMin=45ms',
  'query.durationMin=1m2s',
  'query.durationMax=9ms',
  'query.durationMin=0.045s&query.durationMax=51000us',
  'query.searchDepth=1',
  having({ 'correlation.id': 'abc-123' }),
  having({ 'correlation.id': 'abc-12' }),
  having({ b: 'true' }),
  having({ d: '1.5' }),
  having({ 'http.response.status_code': '200' }),
  having({ 'service.name': 'back' }),
  having({ 'exception.type': 'Error' }),
  having({ error: 'true' }),
  having({ error: 'false' }),
  having({ error: 'x' }),
  having({ 'span.kind': 'server' }),
  having({ 'span.kind': 'CONSUMER' }),
  having({ 'correlation.id': 'abc-123', 'exception.type': 'Error' }),
  having({ 'correlation.id': 'abc-123', 'service.name': 'front' }),
  'query.durationMin=soon',
  'query.durationMin=5',
  'query.searchDepth=0',
  'query.searchDepth=x',
  'query.attributes=x',
  'query.attributes=%7B%22a%22:1%7D',
]
const questions = [
  'services',
  'operations?service=front',
  'operations?service=front&span_kind=server',
  'operations?service=nobody',
  'operations',
  `traces/${traceIdOf(1)}`,
  `traces/${traceIdOf(2)}`,
  `traces/${traceIdOf(3).toUpperCase()}`,
  `traces/${traceIdOf(4)}`,
  'traces/xyz',
  ...searches.flatMap((query) => [`trace-summaries?${range}&${query}`, `traces?${range}&${query}`]),
  'trace-summaries',
  'traces',
  'trace-summaries?query.startTimeMin=x&query.startTimeMax=y',
  'trace-summaries?query.startTimeMin=2027-01-01T00:00:00Z&query.startTimeMax=2026-01-01T00:00:00Z',
  'trace-summaries?query.startTimeMin=2020-01-01T00:00:00Z&query.startTimeMax=2020-01-01T02:00:00.5%2B02:00',
]

test('the viewer and Jaeger answer the same to the same questions', { skip }, async (t) => {
  const [viewer, jaeger] = await Promise.all([runningViewer(t), runningJaeger(t)])
  for (const body of traffic)
    for (const { otlp } of [viewer, jaeger])
      assert.equal((await postJson(`${otlp}/v1/traces`, body)).status, 200)
  for (const question of questions)
    await t.test(question.replace(range, '…'), async () => {
      assert.deepEqual(await ask(viewer.ui, question), await ask(jaeger.ui, question))
    })
})

test('what is odd is taken as Jaeger takes it, where it does', { skip }, async (t) => {
  const [viewer, jaeger] = await Promise.all([runningViewer(t), runningJaeger(t)])
  const oddities = { ...takenWhole, ...takenByJaeger }
  for (const [n, [what, body]] of Object.entries(oddities).entries())
    await t.test(what, async () => {
      const traceId = traceIdOf(1000 + n)
      const sent = JSON.stringify(body).replaceAll(traceIdOf(1), traceId)
      for (const { otlp } of [viewer, jaeger])
        assert.equal((await postJson(`${otlp}/v1/traces`, sent)).status, 200)
      const question = `traces/${traceId}`
      assert.deepEqual(await ask(viewer.ui, question), await ask(jaeger.ui, question))
    })
})

const summaries = z.object({ summaries: z.array(z.looseObject({ traceId: z.string() })) })
const nameLists = z
  .strictObject({
    services: z.array(z.string()),
    operations: z.array(z.strictObject({ name: z.string(), spanKind: z.string() })),
  })
  .partial()
const attributes = z.array(z.looseObject({ key: z.string() })).optional()
const result = z.object({
  result: z.object({
    resourceSpans: z.array(
      z.object({
        resource: z.object({ attributes }),
        scopeSpans: z.array(
          z.object({
            scope: z.unknown(),
            spans: z.array(z.looseObject({ spanId: z.string(), attributes })),
          }),
        ),
      }),
    ),
  }),
})

/** The answer without what differs by nature: order, grouping, wording of errors, Jaeger's own remarks. */
async function ask(ui: string, question: string): Promise<unknown> {
  const response = await fetch(`${ui}/api/v3/${question}`)
  const { status } = response
  const body: unknown = JSON.parse(await response.text(), plain)
  const listed = summaries.safeParse(body)
  if (listed.success)
    return { status, summaries: sorted(listed.data.summaries, ({ traceId }) => traceId) }
  const { data: named } = nameLists.safeParse(body)
  if (named)
    return {
      status,
      services: named.services?.toSorted(),
      operations: sorted(named.operations ?? [], (operation) => JSON.stringify(operation)),
    }
  const traces = result.safeParse(body)
  if (!traces.success) return status === 200 ? { status, body } : { status }
  const spans = traces.data.result.resourceSpans.flatMap(({ resource, scopeSpans }) =>
    scopeSpans.flatMap(({ scope, spans }) =>
      spans.map((span) => ({
        resource: byKey(resource.attributes),
        scope,
        ...span,
        attributes: byKey(span.attributes),
      })),
    ),
  )
  return { status, spans: sorted(spans, ({ spanId }) => spanId) }
}

/** Without what means the same as nothing, and without attributes that have no key, which Jaeger keeps. */
function plain(name: string, value: unknown): unknown {
  if (value === '0' && /timeUnixNano$/i.test(name)) return undefined
  if (!Array.isArray(value)) return value
  const named = value.filter((item) => !Object.hasOwn(item, 'value') || Object.hasOwn(item, 'key'))
  return name === 'values' && named.length === 0 ? undefined : named
}

const byKey = (list: z.infer<typeof attributes> = []) =>
  sorted(list, ({ key }) => key).filter(({ key }) => !key.startsWith('@jaeger@'))
const sorted = <T>(list: T[], by: (item: T) => string) =>
  list.toSorted((a, b) => (by(a) < by(b) ? -1 : 1))

async function runningJaeger(t: TestContext) {
  const [ui, grpc, otlp] = await freePorts()
  const path = mkdtempSync(join(tmpdir(), 'jaeger-'))
  t.after(() => rmSync(path, { recursive: true }))
  writeFileSync(join(path, 'config.yaml'), config(ui, grpc, otlp))
  const jaeger: ChildProcess = spawn(
    z.string().parse(JAEGER_BIN),
    ['--config', join(path, 'config.yaml')],
    {
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  )
  t.after(async () => {
    if (jaeger.exitCode !== null) return
    jaeger.kill()
    await once(jaeger, 'exit')
  })
  assert.ok(jaeger.stderr)
  let said = ''
  for await (const line of createInterface({ input: jaeger.stderr })) {
    said += `${line}\n`
    if (line.includes('Everything is ready')) break
  }
  assert.match(said, /Everything is ready/)
  jaeger.stderr.resume()
  return { ui: `http://127.0.0.1:${ui}`, otlp: `http://127.0.0.1:${otlp}` }
}

const config = (ui: number, grpc: number, otlp: number) => `
service:
  extensions: [jaeger_storage, jaeger_query]
  pipelines: {traces: {receivers: [otlp], exporters: [jaeger_storage_exporter]}}
  telemetry: {metrics: {level: none}}
extensions:
  jaeger_storage: {backends: {main: {memory: {max_traces: 1000}}}}
  jaeger_query: {storage: {traces: main}, http: {endpoint: "127.0.0.1:${ui}"}, grpc: {endpoint: "127.0.0.1:${grpc}"}}
receivers: {otlp: {protocols: {http: {endpoint: "127.0.0.1:${otlp}"}}}}
exporters: {jaeger_storage_exporter: {trace_storage: main}}
`

/** Ports that were free a moment ago: Jaeger does not say which it took when asked for any. */
async function freePorts(): Promise<[number, number, number]> {
  const servers = [createServer(), createServer(), createServer()]
  const ports = servers.map(async (server) => {
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    return z.object({ port: z.number() }).parse(server.address()).port
  })
  const [a = 0, b = 0, c = 0] = await Promise.all(ports)
  for (const server of servers) {
    server.close()
    await once(server, 'close')
  }
  return [a, b, c]
}
