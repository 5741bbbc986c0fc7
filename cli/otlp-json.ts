import { z } from 'zod'
import { type Attributes, type AttributeValue, later, type Span } from './trace.ts'

/**
 * OTLP's JSON encoding of spans, as far as a waterfall needs it.
 * Field names and defaults: https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding
 */
const anyValue: z.ZodType<AttributeValue> = z.lazy(() =>
  z.union([
    z.object({ stringValue: z.string() }).transform((value) => value.stringValue),
    z.object({ boolValue: z.boolean() }).transform((value) => value.boolValue),
    z.object({ intValue: z.coerce.number() }).transform((value) => value.intValue),
    z.object({ doubleValue: z.coerce.number() }).transform((value) => value.doubleValue),
    z.object({ bytesValue: z.string() }).transform((value) => value.bytesValue),
    z.object({ arrayValue: listOf(anyValue) }).transform((value) => value.arrayValue.values),
    z
      .object({ kvlistValue: listOf(keyValue) })
      .transform((value) => toAttributes(value.kvlistValue.values)),
    z.unknown().transform(() => null), // an empty value is a null one
  ]),
)
const keyValue = z.object({ key: z.string(), value: anyValue.default(null) })
const attributes = z.array(keyValue).default([]).transform(toAttributes)

// fixed64 in the protocol; the bound also keeps every value a valid Date.
const nanoseconds = z.coerce
  .bigint()
  .min(0n)
  .max(2n ** 64n - 1n)
  .default(0n)
const hexId = z.string().regex(/^[0-9a-f]+$/i)

const span = z.object({
  traceId: hexId,
  spanId: hexId,
  parentSpanId: z.string().optional(),
  name: z.string().default(''),
  startTimeUnixNano: nanoseconds,
  endTimeUnixNano: nanoseconds,
  attributes,
  events: z
    .array(z.object({ timeUnixNano: nanoseconds, name: z.string().default(''), attributes }))
    .default([]),
  status: z.object({ code: z.number().default(0), message: z.string().default('') }).default({
    code: 0,
    message: '',
  }),
})

const tracesData = z.object({
  resourceSpans: z
    .array(
      z.object({
        resource: z.object({ attributes }).default({ attributes: {} }),
        scopeSpans: z.array(z.object({ spans: z.array(span).default([]) })).default([]),
      }),
    )
    .default([]),
})

const STATUS_ERROR = 2

/** All spans of an OTLP `TracesData` object, each with its resource's `service.name`. */
export const spansFromOtlp = tracesData.transform(({ resourceSpans }): Span[] =>
  resourceSpans.flatMap(({ resource, scopeSpans }) => {
    const service = String(resource.attributes['service.name'] ?? 'unknown_service')
    return scopeSpans.flatMap(({ spans }) => spans.map((one) => toSpan(one, service)))
  }),
)

function toSpan(one: z.output<typeof span>, service: string): Span {
  return {
    traceId: one.traceId.toLowerCase(),
    spanId: one.spanId.toLowerCase(),
    parentSpanId: one.parentSpanId?.toLowerCase() || undefined, // absent or empty for a root
    service,
    name: one.name,
    start: one.startTimeUnixNano,
    end: later(one.startTimeUnixNano, one.endTimeUnixNano),
    error: one.status.code === STATUS_ERROR,
    statusMessage: one.status.message,
    attributes: one.attributes,
    events: one.events.map(({ timeUnixNano, name, attributes }) => ({
      time: timeUnixNano,
      name,
      attributes,
    })),
  }
}

function listOf<Item extends z.ZodType>(item: Item) {
  return z.object({ values: z.array(item).default([]) })
}

function toAttributes(list: z.output<typeof keyValue>[]): Attributes {
  return Object.fromEntries(list.map(({ key, value }) => [key, value]))
}
