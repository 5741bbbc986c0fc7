import assert from 'node:assert/strict'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { type Line, startApp } from '../e2e/app-process.ts'
import { startSink } from '../e2e/sink.ts'
import { freeAddresses } from './addresses.ts'
import { deployed, scratchFolder } from './folder.ts'
import { startPart } from './part.ts'

const collector = process.env.OTELCOL_LOGS_BIN ?? ''

test('a line has the same ids in the log store, whether the app sent it or wrote it on stdout', {
  skip: collector === '' && 'needs OTELCOL_LOGS_BIN: see test/scale/engines/fetch.ts',
}, async (t) => {
  const store = await startSink(t)
  const folder = await scratchFolder(t)
  const { otlp, health } = await freeAddresses('otlp', 'health')
  await startPart(t, {
    name: 'log collector',
    command: collector,
    args: ['--config', deployed('logs/collector.yaml')],
    env: {
      OTLP_HTTP: otlp,
      HEALTH: health,
      LOG_FILES: join(folder, 'pods', '*', '*', '*.log'),
      START_AT: 'beginning',
      QUEUE_DIRECTORY: join(folder, 'queue'),
      LOG_STORE: store.url,
      LOG_ENCODING: 'json',
    },
    ready: `http://${health}/`,
  })
  const app = await startApp(t, {
    env: {
      OTEL_LOGS_EXPORTER: 'otlp',
      OTEL_EXPORTER_OTLP_ENDPOINT: store.url,
      OTEL_EXPORTER_OTLP_LOGS_ENDPOINT: `http://${otlp}/v1/logs`,
    },
  })
  for (const path of ['/work', '/boom'])
    await (await fetch(app.url + path, { headers: { 'x-correlation-id': `id${path}` } })).text()
  const { lines } = await app.stop()

  const inRequests = lines.filter(({ correlationId }) => correlationId !== undefined)
  const expected = inRequests.map(lineFacts).sort()
  await store.until(() => recordFacts().length >= expected.length)
  assert.deepEqual(recordFacts(), expected)

  store.records.length = 0
  await writeAsPod(join(folder, 'pods'), lines)
  await store.until(() => recordFacts().length >= expected.length)
  assert.deepEqual(recordFacts(), expected)
  const services = store.records.map(({ resource }) => resource['service.name'])
  assert.deepEqual(new Set(services), new Set(['throughline']))

  function recordFacts(): string[] {
    return store.records
      .filter(({ attributes }) => attributes.correlationId !== undefined)
      .map(({ traceId, spanId, severityNumber, body, attributes }) =>
        [traceId, spanId, severityNumber, body, attributes.correlationId].join(' '),
      )
      .sort()
  }
})

/** OpenTelemetry's numbers of pino's levels. */
const SEVERITIES: Readonly<Record<number, number>> = { 30: 9, 40: 13, 50: 17 }

function lineFacts({ trace_id, span_id, level, msg, correlationId }: Line): string {
  return [trace_id, span_id, SEVERITIES[Number(level)], msg, correlationId].join(' ')
}

/** Where and how containerd puts what a container named throughline writes. */
async function writeAsPod(pods: string, lines: readonly Line[]): Promise<void> {
  const folder = join(
    pods,
    'shop_throughline-5d4f_49cc7c1f-d370-4c40-b268-6ea7486091d6',
    'throughline',
  )
  await mkdir(folder, { recursive: true })
  const written = lines.map(
    (line) => `2026-11-26T00:12:19.735000000Z stdout F ${JSON.stringify(line)}\n`,
  )
  await writeFile(join(folder, '0.log'), written.join(''))
}
