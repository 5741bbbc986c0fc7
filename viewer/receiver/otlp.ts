import { z } from 'zod'
import { type AnyValue, type KeyValue, readAnyValue, readKeyValues } from './any-value.ts'
import type { Instead, Note } from './lenient.ts'

/** A zod type out of a reader that notes what it leaves out, or throws a TypeError; what it has read stands instead. */
const read = <T>(reader: (input: unknown, note: Note) => T) =>
  z.unknown().transform((input, context): T | undefined => {
    const odd: string[] = []
    const value = attempt(() => reader(input, (reason) => odd.push(reason)), odd)
    const params: Instead & Record<string, unknown> = { instead: value }
    for (const message of odd) context.addIssue({ code: 'custom', message, params })
    return value
  })

function attempt<T>(reader: () => T, odd: string[]): T | undefined {
  try {
    return reader()
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
    odd.push(error.message)
    return undefined
  }
}

const noTime = 'not nanoseconds since 1970'
const unixNano = z
  .union([z.string().regex(/^\d{1,20}$/, noTime), z.number().nonnegative(noTime)], noTime)
  .transform((value) => (typeof value === 'number' ? BigInt(Math.round(value)).toString() : value))
/** Protobuf does not tell a default from what is not there. */
const unlessZero = (value: number) => value || undefined
const digits = z
  .string()
  .regex(/^\d{1,15}$/)
  .transform(Number)
const count = z
  .union([z.number().int().nonnegative(), digits], 'not a whole number')
  .transform(unlessZero)
  .optional()
const hexId = (length: number) => {
  const error = `not ${length} hex digits, or all zeros`
  return z
    .string(error)
    .regex(new RegExp(`^(?!0+$)[0-9a-fA-F]{${length}}$`), error)
    .transform((value) => value.toLowerCase())
}
const traceId = hexId(32)
const spanId = hexId(16)
const noId = z.literal(['', '0000000000000000', '00000000000000000000000000000000'])
const optionalId = (id: typeof traceId) =>
  z.union([noId.transform(() => undefined), id], 'not an id of hex digits').optional()
const attributes = read((input, note) => {
  const list = readKeyValues(input, note)
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
const enumOf = (prefix: string, kinds: readonly string[]) => {
  const names = kinds.map((kind) => `${prefix}_${kind.toUpperCase()}`)
  const name = z.enum(names).transform((name) => names.indexOf(name))
  return z
    .union([z.number().int(), digits, name], `not a number or name of ${prefix}`)
    .transform(unlessZero)
    .optional()
}

/** The names of the severities, four to a level. */
const severities = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'].flatMap((level) =>
  ['', '2', '3', '4'].map((finer) => level + finer),
)

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
  kind: enumOf('SPAN_KIND', spanKinds),
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
      code: enumOf('STATUS_CODE', ['unset', 'ok', 'error']),
    })
    .default({}),
})
export type OtlpSpan = z.infer<typeof otlpSpan>

/** A log record in OTLP's JSON encoding, normalised likewise; its trace and span may be absent. */
export const otlpLogRecord = z.object({
  timeUnixNano: unixNano.optional(),
  observedTimeUnixNano: unixNano.optional(),
  severityNumber: enumOf('SEVERITY_NUMBER', ['unspecified', ...severities]),
  severityText: z.string().optional(),
  body: read((input, note): AnyValue => readAnyValue(input, note)).optional(),
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
