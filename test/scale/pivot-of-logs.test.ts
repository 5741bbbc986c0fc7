import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { parse } from 'yaml'
import { z } from 'zod'
import { CORRELATION_ATTRIBUTE } from '../../src/throughline/identity/correlation.ts'
import { deployed } from './folder.ts'

const Source = z.object({
  uid: z.string(),
  type: z.string(),
  url: z.string(),
  jsonData: z.object({
    derivedFields: z
      .array(
        z.object({ matcherType: z.string(), matcherRegex: z.string(), datasourceUid: z.string() }),
      )
      .default([]),
    tracesToLogsV2: z
      .object({ datasourceUid: z.string(), customQuery: z.literal(true), query: z.string() })
      .optional(),
  }),
})
const file = parse(readFileSync(deployed('logs/datasources.yaml'), 'utf8'))
const { datasources } = z.object({ datasources: z.array(Source) }).parse(file)
const source = (type: string) => {
  const found = datasources.find((one) => one.type === type)
  assert.ok(found, type)
  return found
}

test('in Grafana a line’s trace id leads to the trace in Jaeger', () => {
  const [field] = source('loki').jsonData.derivedFields
  assert.deepEqual(field, {
    matcherType: 'label',
    matcherRegex: 'trace_id',
    datasourceUid: source('jaeger').uid,
  })
})

test('in Grafana a span leads to the lines with its correlation id', () => {
  const { tracesToLogsV2 } = source('jaeger').jsonData
  assert.equal(tracesToLogsV2?.datasourceUid, source('loki').uid)
  const query = tracesToLogsV2?.query.replace(
    `$$\{__span.tags["${CORRELATION_ATTRIBUTE}"]}`,
    'abc-123',
  )
  assert.equal(query, '{service_name=~".+"} | correlationId="abc-123"')
})
