import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createTraceState, type Link, ROOT_CONTEXT, SpanKind, trace } from '@opentelemetry/api'
import { JsonTraceSerializer } from '@opentelemetry/otlp-transformer'
import { resourceFromAttributes } from '@opentelemetry/resources'
import { type ReadableSpan, TracerProvider } from '@opentelemetry/sdk-trace'
import fc from 'fast-check'
import { spansJson } from '../../../../otel/export/json/spans.ts'

const id = (length: number) =>
  fc
    .string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: length, maxLength: length })
    .filter((hex) => /[^0]/.test(hex))
const spanContexts = fc.record({
  traceId: id(32),
  spanId: id(16),
  traceFlags: fc.constantFrom(0, 1, 3),
  isRemote: fc.boolean(),
})
const texts = fc.string({ unit: 'binary' })
// A number that JSON or int64 does not hold is written otherwise than the official way: the test after this one.
const scalars = fc.oneof(
  texts,
  fc.boolean(),
  fc.maxSafeInteger(),
  fc.double({ noNaN: true, min: -1e6, max: 1e6 }),
)
const values = fc.oneof(
  scalars,
  fc.array(scalars),
  fc.uint8Array(),
  fc.dictionary(texts, scalars),
  fc.constant(null),
)
const attributes = fc.dictionary(texts, values, { maxKeys: 5 })
const times = fc.tuple(fc.nat(2e9), fc.double({ min: 0, max: 999_999_999, noNaN: true }))

const described = fc.record({
  name: texts,
  kind: fc.constantFrom(...[0, 1, 2, 3, 4]),
  parent: fc.option(spanContexts, { nil: undefined }),
  state: fc.option(fc.constant('vendor=a,other=b'), { nil: undefined }),
  attributes,
  events: fc.array(fc.record({ name: texts, attributes, time: times }), { maxLength: 3 }),
  links: fc.array(fc.record({ context: spanContexts, attributes }), { maxLength: 3 }),
  status: fc.option(
    fc.record({ code: fc.constantFrom(1, 2), message: fc.option(texts, { nil: undefined }) }),
    { nil: undefined },
  ),
  scope: fc.constantFrom('one', 'two "quoted"'),
})

type Described = typeof described extends fc.Arbitrary<infer T> ? T : never

const resource = resourceFromAttributes({ 'service.name': 'a "shop"', 'process.pid': 7 })

/** Real spans of the SDK, whose limits are low enough to drop some of what they are given. */
function spansOf(all: Described[]): ReadableSpan[] {
  const spans: ReadableSpan[] = []
  const provider = new TracerProvider({
    resource,
    spanLimits: { attributeCountLimit: 4, eventCountLimit: 2, linkCountLimit: 2 },
    spanProcessors: [
      {
        onStart() {},
        onEnd: (span) => spans.push(span),
        async forceFlush() {},
        async shutdown() {},
      },
    ],
  })
  for (const { name, kind, parent, state, attributes, events, links, status, scope } of all) {
    const remote = parent && { ...parent, ...(state && { traceState: createTraceState(state) }) }
    const context = remote ? trace.setSpanContext(ROOT_CONTEXT, remote) : ROOT_CONTEXT
    const span = provider.getTracer(scope, '1').startSpan(name, { kind, links }, context)
    span.setAttributes(attributes)
    for (const event of events) span.addEvent(event.name, event.attributes, event.time)
    if (status) {
      const { code, message } = status
      span.setStatus(message === undefined ? { code } : { code, message })
    }
    span.end()
  }
  return spans
}

test('spans are what the official serializer writes of them, but for what is empty', () => {
  fc.assert(
    fc.property(fc.array(described, { minLength: 1, maxLength: 4 }), (all) => {
      const spans = spansOf(all)
      const official = new TextDecoder().decode(JsonTraceSerializer.serializeRequest(spans))
      assert.deepEqual(meant(JSON.parse(spansJson(spans))), meant(JSON.parse(official)))
    }),
  )
})

/** Without what is as good as left out: zeros, and what is empty. */
function meant(json: unknown): unknown {
  return JSON.parse(JSON.stringify(json), (key, value) => {
    const isDefault = EMPTY_AS_LEFT_OUT.has(key) && (value === 0 || isEmpty(value))
    return isDefault ? undefined : value
  })
}

const EMPTY_AS_LEFT_OUT = new Set([
  ...['events', 'links', 'status', 'code', 'traceState', 'version', 'message', 'attributes'],
  ...['droppedAttributesCount', 'droppedEventsCount', 'droppedLinksCount'],
])

function isEmpty(value: unknown): boolean {
  return value === '' || (typeof value === 'object' && Object.keys(value ?? {}).length === 0)
}

function attributesOf(span: Partial<Described>): unknown {
  const [sent] = spansOf([{ ...BARE, ...span }])
  assert.ok(sent)
  return JSON.parse(spansJson([sent])).resourceSpans[0].scopeSpans[0].spans[0].attributes
}

const BARE: Described = {
  ...{ name: 'bare', kind: SpanKind.INTERNAL, scope: 'one', parent: undefined, state: undefined },
  ...{ attributes: {}, events: [], links: [], status: undefined },
}

test('a number that int64 does not hold is a double, and one that JSON does not, its name', () => {
  const numbers = { huge: 1e21, none: Number.NaN, below: Number.NEGATIVE_INFINITY }
  assert.deepEqual(attributesOf({ attributes: numbers }), [
    { key: 'huge', value: { doubleValue: 1e21 } },
    { key: 'none', value: { doubleValue: 'NaN' } },
    { key: 'below', value: { doubleValue: '-Infinity' } },
  ])
})

test('a link without ids leaves its span readable', () => {
  const link: Link = JSON.parse('{"context":{}}')
  const [span] = spansOf([BARE])
  assert.ok(span)
  const json = JSON.parse(spansJson([Object.assign(Object.create(span), { links: [link] })]))
  assert.deepEqual(json.resourceSpans[0].scopeSpans[0].spans[0].links, [
    { flags: 0x100, attributes: [], droppedAttributesCount: 0 },
  ])
})

test('a name that is no text is written as one', () => {
  const [span] = spansOf([BARE])
  assert.ok(span)
  const json = JSON.parse(spansJson([Object.assign(Object.create(span), { name: undefined })]))
  assert.equal(json.resourceSpans[0].scopeSpans[0].spans[0].name, 'undefined')
})
