import { z } from 'zod'
import { type AnyValue, type KeyValue, readAnyValue, readKeyValues } from './any-value.ts'

/** A zod type out of a reader that throws a TypeError. */
const read = <T>(reader: (input: unknown) => T) =>
  z.unknown().transform((input, context): T => {
    try {
      return reader(input)
    } catch (error) {
      if (!(error instanceof TypeError)) throw error
      context.addIssue({ code: 'custom', message: error.message })
      return z.NEVER
    }
  })

const unixNano = z
  .union([z.string().regex(/^\d{1,20}$/, 'not nanoseconds since 1970'), z.number().nonnegative()])
  .transform((value) => (typeof value === 'number' ? BigInt(Math.round(value)).toString() : value))
/** Protobuf does not tell a default from what is not there. */
const unlessZero = (value: number) => value || undefined
const count = z.number().int().nonnegative().transform(unlessZero).optional()
const hexId = (digits: number) =>
  z
    .string()
    .regex(new RegExp(`^(?!0+$)[0-9a-fA-F]{${digits}}$`), `not ${digits} hex digits, or all zeros`)
    .transform((value) => value.toLowerCase())
const traceId = hexId(32)
const spanId = hexId(16)
const noId = z.literal(['', '0000000000000000', '00000000000000000000000000000000'])
const optionalId = (id: typeof traceId) => z.union([noId.transform(() => undefined), id]).optional()
const attributes = read((input) => {
  const list = readKeyValues(input)
  return list.length > 0 ? list : undefined
}).optional()

export const spanKinds = [
  'unspecified',
  'internal',
  'server',
  'client',
  'producer',
  'consumer',
] as const
export type SpanKind = (typeof spanKinds)[number]

/** The kind by its OTLP number; unspecified where that has none. */
export const spanKind = (kind: number | undefined): SpanKind =>
  spanKinds[kind ?? 0] ?? 'unspecified'

/** An enum as OTLP's JSON has it, a number, or by name as protobuf's JSON writes it. */
const enumOf = (names: string[]) =>
  z
    .union([z.number().int(), z.enum(names).transform((name) => names.indexOf(name))])
    .transform(unlessZero)
    .optional()

const anyLink = z.object({
  traceId: optionalId(traceId),
  spanId: optionalId(spanId),
  traceState: z.string().optional(),
  attributes,
})

/** Links that lead to a span; those to none, which the specification allows, Jaeger leaves out too. */
function toSomewhere(links: z.infer<typeof anyLink>[]) {
  const some = links.flatMap(({ traceId, spanId, ...rest }) =>
    traceId !== undefined && spanId !== undefined ? [{ traceId, spanId, ...rest }] : [],
  )
  return some.length > 0 ? some : undefined
}

/**
 * A span in OTLP's JSON encoding, normalised to what Jaeger answers: ids lowercase, int64 as string,
 * enums as numbers, unknown and empty fields left out.
 * @see https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding
 */
export const otlpSpan = z.object({
  traceId,
  spanId,
  traceState: z.string().optional(),
  parentSpanId: optionalId(spanId),
  flags: count,
  name: z.string().default(''),
  kind: enumOf(spanKinds.map((kind) => `SPAN_KIND_${kind.toUpperCase()}`)),
  startTimeUnixNano: unixNano,
  endTimeUnixNano: unixNano.default('0'),
  attributes,
  droppedAttributesCount: count,
  events: z
    .array(
      z.object({ timeUnixNano: unixNano.default('0'), name: z.string().default(''), attributes }),
    )
    .optional(),
  droppedEventsCount: count,
  links: z.array(anyLink).transform(toSomewhere).optional(),
  droppedLinksCount: count,
  status: z
    .object({
      message: z.string().optional(),
      code: enumOf(['STATUS_CODE_UNSET', 'STATUS_CODE_OK', 'STATUS_CODE_ERROR']),
    })
    .default({}),
})
export type OtlpSpan = z.infer<typeof otlpSpan>

/** A log record in OTLP's JSON encoding, normalised likewise; its trace and span may be absent. */
export const otlpLogRecord = z.object({
  timeUnixNano: unixNano.optional(),
  observedTimeUnixNano: unixNano.optional(),
  severityNumber: count,
  severityText: z.string().optional(),
  body: read((input): AnyValue => readAnyValue(input)).optional(),
  attributes,
  traceId: optionalId(traceId),
  spanId: optionalId(spanId),
  eventName: z.string().optional(),
})
export type OtlpLogRecord = z.infer<typeof otlpLogRecord>

export const resource = z.object({ attributes }).default({})
export const scope = z
  .object({ name: z.string().optional(), version: z.string().optional(), attributes })
  .default({})

/** Who sent it: the resource and the instrumentation scope that a batch of spans or records shares. */
export const otlpOrigin = z.object({ resource, scope })
export type OtlpOrigin = z.infer<typeof otlpOrigin>

/** The resource's service.name, or what the specification calls a resource without one. */
export const serviceName = ({ resource }: OtlpOrigin): string =>
  attribute(resource.attributes, 'service.name') ?? 'unknown_service'

/** The text of a string attribute, undefined where there is none of that name. */
export function attribute(list: KeyValue[] | undefined, key: string): string | undefined {
  const value = list?.find((entry) => entry.key === key)?.value
  return value && 'stringValue' in value ? value.stringValue : undefined
}

/** A span or a log record with the resource and scope that it came from. */
export interface Stored<T> {
  origin: OtlpOrigin
  item: T
}

/** Nanoseconds from start to end, never below zero. */
export function durationOf({ startTimeUnixNano, endTimeUnixNano }: OtlpSpan): number {
  return Math.max(0, Number(BigInt(endTimeUnixNano) - BigInt(startTimeUnixNano)))
}

/** When the record was made, or else when it was observed, in nanoseconds since 1970. */
export function timeOf({ timeUnixNano = '0', observedTimeUnixNano = '0' }: OtlpLogRecord): bigint {
  return BigInt(timeUnixNano === '0' ? observedTimeUnixNano : timeUnixNano)
}
