import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ExportResult } from '@opentelemetry/core'
import { spanExporter } from '../../../otel/export/exporters.ts'
import { destinationOf } from '../../../otel/settings/destination.ts'
import { otelVariables } from '../../../otel/settings/variables.ts'
import { parseEnvironment } from '../../../src/throughline/settings/environment.ts'

// Addresses of this machine where nothing listens.
for (const [endpoint, tried] of [
  ['http://127.77.0.1', '127.77.0.1:80'],
  ['http://127.77.0.1:80', '127.77.0.1:80'],
  ['http://127.77.0.1:1', '127.77.0.1:1'],
  ['https://127.77.0.1', '127.77.0.1:443'],
  ['127.77.0.1:1', '127.77.0.1:1'],
] as const)
  test(`gRPC to ${endpoint} goes to ${tried}`, async (t) => {
    const env = { OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc', OTEL_EXPORTER_OTLP_ENDPOINT: endpoint }
    const exporter = await spanExporter(
      destinationOf('traces', parseEnvironment(otelVariables, env)),
    )
    t.after(() => exporter.shutdown())
    const { error } = await new Promise<ExportResult>((resolve) => exporter.export([], resolve))

    assert.match(String(error?.message), new RegExp(`ECONNREFUSED ${tried}\\.`))
  })
