import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { drawTrace, headline } from '../../cli/pivot/draw.ts'
import { traceLines } from '../../cli/pivot/trace-lines.ts'
import { groupByTrace } from '../../cli/trace/trace.ts'
import { listPage } from '../../viewer/pages/list/list-page.ts'
import { findInTrace } from '../../viewer/pages/trace/find-in-trace.ts'
import { spanFacts } from '../../viewer/pages/trace/span-facts.ts'
import { tracePage } from '../../viewer/pages/trace/trace-page.ts'
import { Views } from '../../viewer/pages/views.ts'
import { Odd } from '../../viewer/receiver/field.ts'
import { decodeLogs, decodeTraces } from '../../viewer/receiver/otlp-request.ts'
import { logLineOf, spanOf } from '../../viewer/store/span.ts'
import { Store } from '../../viewer/store/store.ts'
import { line, logs, span, spanIdOf, traceIdOf, traces } from './traffic.ts'

const link = { traceId: traceIdOf(3), spanId: spanIdOf(3) }
const attribute = { key: 'k', value: { stringValue: 'v' } }
const sound = {
  ...span({ spanId: spanIdOf(2), parentSpanId: spanIdOf(1), flags: 1 }),
  attributes: [attribute, { key: 'n', value: { intValue: '3' } }],
  events: [{ timeUnixNano: '1780315200000000000', name: 'event', attributes: [attribute] }],
  links: [link],
  status: { code: 2, message: 'm' },
}
const soundLine = line('m', { spanId: spanIdOf(2), attributes: [attribute] })

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null
const within = (owner: unknown, name: string): unknown =>
  isObject(owner) ? Reflect.get(owner, name) : undefined

/** The paths to all that a value has in it. */
const pathsIn = (value: unknown): string[][] =>
  isObject(value)
    ? Object.entries(value).flatMap(([name, inner]) => [
        [name],
        ...pathsIn(inner).map((path) => [name, ...path]),
      ])
    : []

const anything = fc.oneof(
  fc.jsonValue().map((value): unknown => value),
  fc.constantFrom<unknown>('', '0', -1, 1e300, '9'.repeat(20), 'NaN', [null], [], {}),
  fc.constantFrom<unknown>({ arrayValue: {} }, { key: '__proto__', value: { boolValue: true } }),
)

const views = new Views()

/** The same value with up to three of its parts replaced by anything. */
const changed = (value: object) =>
  fc
    .array(fc.tuple(fc.constantFrom(...pathsIn(value)), anything), { minLength: 1, maxLength: 3 })
    .map((changes) => {
      const result = structuredClone(value)
      for (const [path, part] of changes) {
        const owner = path.slice(0, -1).reduce(within, result)
        if (isObject(owner)) Reflect.set(owner, path.at(-1) ?? '', structuredClone(part))
      }
      return result
    })

test('whatever stands in a span or a line, its neighbour is kept, and all that shows them goes on', () => {
  const property = fc.property(changed(sound), changed(soundLine), (oddSpan, oddLine) => {
    const store = new Store()
    const { batches } = decodeTraces(traces('app', span(), oddSpan))
    store.addSpans(batches)
    store.addLogs(decodeLogs(logs('app', line('m'), oddLine)).batches)
    assert.equal(store.spansWithId(traceIdOf(1), spanIdOf(1)).length, 1)
    assert.ok(store.logsOf(traceIdOf(1)).length >= 1)
    for (const { traceId, spanId } of batches.flatMap(({ items }) => items)) {
      const page = tracePage(store, traceId, {})
      assert.ok(page.spans.length > 0)
      views.render('trace', page)
      const facts = spanFacts(store, traceId, spanId)
      assert.equal(facts.length, 1)
      views.render('facts', { facts })
      findInTrace(store, traceId, 'v')
      const logLines = store.logsOf(traceId).map(logLineOf)
      const canvas = { width: 100, paint: (_: unknown, text: string) => text, spanId }
      for (const trace of groupByTrace(store.spansOf(traceId).map(spanOf)))
        drawTrace(trace, traceLines(trace, logLines), canvas).push(headline(trace, canvas))
    }
    const list = listPage(store, {})
    assert.equal(list.problem, '')
    views.render('search', list)
    assert.equal(listPage(store, { tags: '{"k":"v"}' }).problem, '')
    store.close()
  })
  fc.assert(property, { numRuns: 1000 })
})

test('whatever stands in a request, it is read or refused as no OTLP', () => {
  const property = fc.property(changed(traces('app', sound)), (body) => {
    try {
      decodeTraces(body)
    } catch (error) {
      assert.ok(error instanceof Odd, String(error))
    }
  })
  fc.assert(property, { numRuns: 1000 })
})
