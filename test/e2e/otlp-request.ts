import { z } from 'zod'

const KINDS = ['unspecified', 'internal', 'server', 'client', 'producer', 'consumer'] as const

const Value = z
  .object({
    stringValue: z.string(),
    boolValue: z.boolean(),
    intValue: z.union([z.number(), z.string().transform(Number)]),
    doubleValue: z.number(),
    arrayValue: z.unknown(),
    kvlistValue: z.unknown(),
  })
  .partial()
  .transform((value) => Object.values(value)[0])

const Attributes = z
  .array(z.object({ key: z.string(), value: Value }))
  .default([])
  .transform((pairs): Record<string, unknown> => {
    return Object.fromEntries(pairs.map(({ key, value }) => [key, value]))
  })

/** As JSON has them, a text or a number, in milliseconds. */
const Nanoseconds = z
  .union([z.string(), z.number()])
  .transform((time) => Math.round(Number(time) / 1e3) / 1e3)

const Resource = z.object({ attributes: Attributes })

const Span = z.object({
  traceId: z.string().regex(/^[\da-f]{32}$/),
  spanId: z.string().regex(/^[\da-f]{16}$/),
  parentSpanId: z.string().optional(),
  name: z.string(),
  kind: z.number().transform((kind) => KINDS[kind] ?? 'unspecified'),
  status: z.object({ code: z.number().default(0), message: z.string().optional() }),
  attributes: Attributes,
  links: z.array(z.object({ traceId: z.string(), spanId: z.string() })).default([]),
  events: z
    .array(z.object({ name: z.string(), attributes: Attributes, timeUnixNano: Nanoseconds }))
    .default([]),
})

const LogRecord = z.object({
  timeUnixNano: Nanoseconds,
  traceId: z.string().optional(),
  spanId: z.string().optional(),
  severityNumber: z.number(),
  body: Value,
  attributes: Attributes,
})

const TraceRequest = z.object({
  resourceSpans: z.array(
    z.object({ resource: Resource, scopeSpans: z.array(z.object({ spans: z.array(Span) })) }),
  ),
})

const LogRequest = z.object({
  resourceLogs: z.array(
    z.object({
      resource: Resource,
      scopeLogs: z.array(z.object({ logRecords: z.array(LogRecord) })),
    }),
  ),
})

/** A span as it arrived, its attributes as plain values. */
export type ReceivedSpan = z.infer<typeof Span> & { resource: Record<string, unknown> }
/** A log record as it arrived. */
export type ReceivedRecord = z.infer<typeof LogRecord> & { resource: Record<string, unknown> }

/** The spans of an ExportTraceServiceRequest in OTLP's JSON; throws where it is none. */
export function spansOf(json: string): ReceivedSpan[] {
  return TraceRequest.parse(JSON.parse(json)).resourceSpans.flatMap(({ resource, scopeSpans }) =>
    scopeSpans.flatMap(({ spans }) =>
      spans.map((span) => ({ ...span, resource: resource.attributes })),
    ),
  )
}

/** The spans of every trace in an answer of the query API, which are OTLP's own. */
export function spansInAnswer(json: string): ReceivedSpan[] {
  return spansOf(JSON.stringify(Answer.parse(JSON.parse(json)).result))
}

const Answer = z.object({ result: z.unknown() })

/** The log records of an ExportLogsServiceRequest in OTLP's JSON; throws where it is none. */
export function recordsOf(json: string): ReceivedRecord[] {
  return LogRequest.parse(JSON.parse(json)).resourceLogs.flatMap(({ resource, scopeLogs }) =>
    scopeLogs.flatMap(({ logRecords }) =>
      logRecords.map((record) => ({ ...record, resource: resource.attributes })),
    ),
  )
}
