import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { type TestContext, test } from 'node:test'
import { decodeLogs, decodeTraces } from '../../../viewer/receiver/otlp-request.ts'
import { operationsOf, searchTraces, type TraceQuery } from '../../../viewer/store/search.ts'
import { Store } from '../../../viewer/store/store.ts'
import {
  keyValues,
  line,
  logs,
  type SpanInput,
  span,
  spanIdOf,
  traceIdOf,
  traces,
} from '../traffic.ts'

function emptyStore(t: TestContext, options: { file?: string; maxSpans?: number } = {}) {
  const store = new Store(options)
  t.after(() => store.close())
  return store
}
function folder(t: TestContext) {
  const path = mkdtempSync(join(tmpdir(), 'viewer-'))
  t.after(() => rmSync(path, { recursive: true }))
  return path
}
const add = (store: Store, service: string, ...spans: SpanInput[]) =>
  store.addSpans(decodeTraces(traces(service, ...spans.map(span))).batches)
const addLines = (store: Store, ...lines: object[]) =>
  store.addLogs(decodeLogs(logs('app', ...lines)).batches)
const found = (store: Store, query: Partial<TraceQuery> = {}) =>
  searchTraces(store, { limit: 100, ...query }).map(({ traceId }) =>
    Number.parseInt(traceId.replace(/^a+/, ''), 16),
  )
const count = (store: Store, table: string) =>
  Object.values(store.db.prepare(`SELECT count(*) FROM ${table}`).get() ?? {})[0]
/** A trace of one span, numbered. */
const single = (n: number, more: SpanInput = {}): SpanInput => ({
  traceId: traceIdOf(n),
  spanId: spanIdOf(n),
  at: n,
  ...more,
})

test('a span that arrives twice is one span', (t) => {
  const store = emptyStore(t)
  add(store, 'app', { status: { code: 2 } })
  add(store, 'app', { status: { code: 2 } }, { spanId: spanIdOf(2), parentSpanId: spanIdOf(1) })
  assert.equal(store.spansOf(traceIdOf(1)).length, 2)
  const [summary] = searchTraces(store, { limit: 1 })
  assert.deepEqual([summary?.spans, summary?.errors], [2, 1])
})

test('spans come in any order, and the summary is that of the whole', (t) => {
  const store = emptyStore(t)
  add(store, 'back', {
    spanId: spanIdOf(2),
    parentSpanId: spanIdOf(1),
    at: 5,
    took: 100,
    name: 'child',
  })
  assert.equal(searchTraces(store, { limit: 1 })[0]?.orphans, 1)
  add(store, 'front', { at: 0, took: 20, attributes: { 'correlation.id': 'abc-123' } })
  const [summary] = searchTraces(store, { limit: 1 })
  assert.deepEqual(summary?.root, { service: 'front', name: 'GET /work' })
  assert.equal(Number(summary.end - summary.start), 105e6)
  assert.deepEqual([summary.orphans, summary.correlationId], [0, 'abc-123'])
  assert.deepEqual(
    summary.services.map(({ name }) => name),
    ['back', 'front'],
  )
})

test('over the limit whole oldest traces go, with their log records', (t) => {
  const store = emptyStore(t, { maxSpans: 5 })
  for (const n of [1, 2, 3]) {
    const attributes = { 'correlation.id': `id-${n}` }
    add(store, 'app', single(n, { attributes }), single(n, { spanId: spanIdOf(100 + n) }))
    addLines(store, line(`of ${n}`, { traceId: traceIdOf(n) }))
  }
  assert.deepEqual(found(store), [3, 2])
  assert.deepEqual([store.spansOf(traceIdOf(1)), store.logsOf(traceIdOf(1))], [[], []])
  assert.equal(store.spansOf(traceIdOf(2)).length, 2)
  assert.equal(store.logsOf(traceIdOf(2)).length, 1)
  assert.deepEqual(
    ['traces', 'spans', 'span_json', 'correlations', 'logs'].map((table) => count(store, table)),
    [2, 4, 4, 2, 2],
  )
})

test('log records without a trace are bounded too', (t) => {
  const store = emptyStore(t, { maxSpans: 3 })
  for (let n = 1; n <= 8; n++) addLines(store, line(`line ${n}`, { traceId: '', spanId: '' }))
  const rows = store.db.prepare('SELECT id FROM logs ORDER BY id').all()
  assert.deepEqual(
    rows.map(({ id }) => id),
    [6, 7, 8],
  )
})

test('resources that are gone are forgotten', (t) => {
  const store = emptyStore(t, { maxSpans: 1000 })
  for (let n = 0; n < 40; n++)
    add(
      store,
      `service-${n}-${'x'.repeat(n)}`,
      ...Array.from({ length: 100 }, (_, k) => single(n * 100 + k + 1)),
    )
  for (let n = 0; n < 400; n++)
    add(store, `one-${n}`, single(10_000 + n * 10), single(10_001 + n * 10))
  for (let n = 0; n < 400; n++)
    add(store, `two-${n}`, single(20_000 + n * 10), single(20_001 + n * 10))
  const services = store.origins.services()
  assert.deepEqual([services.length, count(store, 'origins')], [500, 500])
  assert.deepEqual([services.includes('one-299'), services.includes('one-300')], [false, true])
})

test('a resource is kept as long as a late span or a line has it, and a service as long as a span', (t) => {
  const store = emptyStore(t, { maxSpans: 2 })
  const from = (service: string, ...lines: object[]) =>
    store.addLogs(decodeLogs(logs(service, ...lines)).batches)
  const none = { traceId: '', spanId: '' }
  add(store, 'first', single(1))
  assert.deepEqual(store.origins.services(), ['first'])
  from('first', line('before', none))
  from('lines', line('of one', { traceId: traceIdOf(1) }))
  add(store, 'late', single(2), single(1, { spanId: spanIdOf(9) }))
  assert.deepEqual(store.origins.services(), ['late'])
  assert.equal(count(store, 'origins'), 3)
  add(store, 'last', single(3), single(4))
  assert.deepEqual(store.origins.services(), ['last'])
  from('lines', line('second', none), line('third', none))
  assert.equal(count(store, 'origins'), 2)
  store.clear()
  assert.equal(count(store, 'origins'), 0)
  add(store, 'again', single(5))
  assert.deepEqual(store.origins.services(), ['again'])
})

test('a search fits single spans, as Jaeger’s does', (t) => {
  const store = emptyStore(t)
  add(
    store,
    'front',
    single(1, { took: 50, kind: 2, attributes: { 'http.route': '/work', n: 7, b: true, d: 1.5 } }),
  )
  add(store, 'back', single(2, { name: 'query', took: 5, kind: 3, status: { code: 2 } }))
  add(
    store,
    'front',
    single(3, {
      name: 'query',
      took: 500,
      events: [
        { name: 'e', attributes: [{ key: 'exception.type', value: { stringValue: 'TypeError' } }] },
      ],
    }),
  )
  assert.deepEqual(found(store), [3, 2, 1])
  assert.deepEqual(found(store, { limit: 2 }), [3, 2])
  assert.deepEqual(found(store, { service: 'front' }), [3, 1])
  assert.deepEqual(found(store, { service: 'front', operation: 'query' }), [3])
  assert.deepEqual(found(store, { durationMin: 40e6, durationMax: 60e6 }), [1])
  const by = (attributes: Record<string, string>) => found(store, { attributes })
  assert.deepEqual(by({ 'http.route': '/work' }), [1])
  assert.deepEqual(by({ 'http.route': '/wor' }), [])
  assert.deepEqual(by({ n: '7', b: 'true', d: '1.5' }), [1])
  assert.deepEqual(by({ n: '7', 'exception.type': 'TypeError' }), [])
  assert.deepEqual(by({ 'exception.type': 'TypeError' }), [3])
  assert.deepEqual(by({ 'service.name': 'front' }), [3, 1])
  assert.deepEqual(by({ 'service.name': 'front', 'http.route': '/work' }), [1])
  assert.deepEqual(by({ error: 'true' }), [2])
  assert.deepEqual(by({ 'span.kind': 'client' }), [2])
  assert.deepEqual(by({ "'; DROP TABLE spans; --": 'x' }), [])
})

test('an attribute is found by its own value, whatever kind that is, and not by another’s', (t) => {
  const store = emptyStore(t)
  const list = { arrayValue: { values: [{ stringValue: 'x' }, { boolValue: true }] } }
  const attribute = (key: string, value: object) => ({ attributes: [{ key, value }] })
  const spans = [
    { a: 'x', b: 'y' },
    attribute('list', list),
    { empty: '' },
    { quoted: 'a "b"' },
    attribute('no number', { doubleValue: 'NaN' }),
    attribute('bytes', { bytesValue: 'AH//' }),
  ]
  spans.forEach((more, n) => {
    const attributes = 'attributes' in more ? more.attributes : keyValues(more)
    store.addSpans(decodeTraces(traces('app', { ...span(single(n + 1)), attributes })).batches)
  })
  for (const [attributes, n] of [
    [{ a: 'x', b: 'y' }, [1]],
    [{ a: 'y' }, []],
    [{ list: '["x",true]' }, [2]],
    [{ list: 'x' }, []],
    [{ empty: '' }, [3]],
    [{ quoted: 'a "b"' }, [4]],
    [{ 'no number': 'NaN' }, [5]],
    [{ bytes: 'AH//' }, [6]],
  ] as const)
    assert.deepEqual(found(store, { attributes }), n, JSON.stringify(attributes))
})

test('of the latest traces the newest start comes first', (t) => {
  const store = emptyStore(t)
  for (const [n, at] of [3, 9, 5, 5].entries()) add(store, 'app', single(n + 1, { at }))
  assert.deepEqual(found(store), [2, 4, 3, 1])
  assert.deepEqual(found(store, { limit: 2 }), [4, 3])
})

test('an attribute is found among thousands of spans, in late spans of old traces too', (t) => {
  const store = emptyStore(t)
  for (let n = 1; n <= 2000; n++)
    add(store, 'app', single(n, { attributes: { 'correlation.id': `id-${n}` } }))
  add(store, 'app', single(3, { spanId: spanIdOf(5000), attributes: { late: 'yes' } }))
  for (const n of [1, 499, 500, 501, 1999, 2000])
    assert.deepEqual(found(store, { attributes: { 'correlation.id': `id-${n}` } }), [n])
  assert.deepEqual(found(store, { attributes: { late: 'yes' } }), [3])
  assert.deepEqual(found(store, { attributes: { 'correlation.id': 'id-2001' } }), [])
})

test('a file keeps everything over a restart, and goes on counting', (t) => {
  const file = join(folder(t), 'traces.db')
  const first = new Store({ file, maxSpans: 3 })
  add(first, 'app', single(1), single(2, { attributes: { k: 'v' } }))
  addLines(first, line('kept', { traceId: traceIdOf(2) }))
  first.close()
  const second = emptyStore(t, { file, maxSpans: 3 })
  assert.deepEqual(found(second), [2, 1])
  assert.deepEqual(found(second, { attributes: { k: 'v' } }), [2])
  assert.equal(second.logsOf(traceIdOf(2)).length, 1)
  assert.deepEqual(second.origins.services(), ['app'])
  add(second, 'app', single(3), single(4))
  assert.deepEqual(found(second), [4, 3, 2])
})

test('a file that is not the viewer’s, or is in use, is refused and left alone', (t) => {
  const path = folder(t)
  const text = join(path, 'notes.txt')
  writeFileSync(text, 'these are notes, not a database, and long enough to tell')
  assert.throws(() => new Store({ file: text }), /cannot use .*notes.txt: .*give --db a new file/)
  const other = join(path, 'other.db')
  const db = new DatabaseSync(other)
  db.exec('CREATE TABLE theirs (x)')
  db.close()
  assert.throws(() => new Store({ file: other }), /another program’s/)
  assert.throws(() => new Store({ file: join(path, 'no/such/folder.db') }), /cannot use/)
  const file = join(path, 'used.db')
  emptyStore(t, { file })
  assert.throws(() => new Store({ file }), /cannot use .*locked/)
})

test('spans that could not be stored take no room from those that come after', (t) => {
  const store = emptyStore(t, { maxSpans: 10 })
  const ofAnId = { attributes: { 'correlation.id': 'abc-123' } }
  const batch = (from: number) => Array.from({ length: 10 }, (_, n) => single(from + n, ofAnId))
  store.db.exec(`CREATE TRIGGER broken BEFORE INSERT ON correlations
    BEGIN SELECT RAISE(FAIL, 'disk I/O error'); END`)
  assert.throws(() => add(store, 'app', ...batch(100)), /disk I\/O error/)
  assert.deepEqual(found(store), [])
  store.db.exec('DROP TRIGGER broken')

  add(store, 'app', ...batch(200))
  assert.equal(found(store).length, 10)
  add(store, 'app', single(300))
  assert.equal(found(store).length, 10)
})

test('a full disk is named as such, and what was stored before is still there', (t) => {
  const store = emptyStore(t, { file: join(folder(t), 'traces.db') })
  add(store, 'app', single(1))
  store.db.exec('PRAGMA max_page_count = 1') // as many as there are
  const large = single(2, { attributes: { text: 'x'.repeat(100_000) } })
  assert.throws(() => add(store, 'app', large), /no room on the disk of .*traces.db/)
  assert.deepEqual(found(store), [1])
  store.db.exec('PRAGMA max_page_count = 1000000')
  add(store, 'app', large)
  assert.deepEqual(found(store), [2, 1])
})

test('the operations are those of the spans that are here, whatever order they came in', (t) => {
  const store = emptyStore(t, { maxSpans: 100 })
  assert.deepEqual(operationsOf(store, 'app'), [])
  for (let n = 1; n <= 2500; n++) add(store, 'app', single(n, { name: `GET /${n}` }))
  const names = operationsOf(store, 'app').map(({ name }) => name)
  assert.deepEqual(
    names.sort(),
    Array.from({ length: 100 }, (_, n) => `GET /${2401 + n}`),
  )
  const late = (n: number, name: string) => single(n, { name, spanId: spanIdOf(9000) })
  add(store, 'app', single(3000, { name: 'apart' }))
  add(store, 'app', late(2450, 'apart'))
  add(store, 'app', single(3001, { name: 'at once' }), late(2451, 'at once'))
  const twice = () =>
    operationsOf(store, 'app').filter(({ name }) => ['apart', 'at once'].includes(name)).length
  const others = (from: number, count: number) =>
    add(store, 'app', ...Array.from({ length: count }, (_, n) => single(from + n)))
  others(4000, 96)
  assert.deepEqual([store.hasTrace(traceIdOf(2451)), twice()], [false, 2])
  others(5000, 4)
  assert.deepEqual([store.hasTrace(traceIdOf(3001)), twice()], [false, 0])
})

test('what a full disk takes back has no operation, no service and no resource', (t) => {
  const store = emptyStore(t, { file: join(folder(t), 'traces.db') })
  add(store, 'app', single(1))
  const operations = [{ name: 'GET /work', spanKind: 'server' }]
  store.db.exec('PRAGMA max_page_count = 1') // as many as there are
  const large = { name: 'large', attributes: { text: 'x'.repeat(100_000) } }
  for (let n = 2; n < 12; n++)
    assert.throws(() => add(store, 'other', single(n, large)), /no room on the disk/)
  assert.deepEqual([operationsOf(store, 'app'), operationsOf(store, 'other')], [operations, []])
  assert.deepEqual([store.origins.services(), count(store, 'origins')], [['app'], 1])
})

test('the operations of a file are there when it is opened again', (t) => {
  const file = join(folder(t), 'traces.db')
  const first = new Store({ file })
  add(first, 'app', { name: 'GET /work', kind: 2 })
  first.close()
  const operations = [{ name: 'GET /work', spanKind: 'server' }]
  assert.deepEqual(operationsOf(emptyStore(t, { file }), 'app'), operations)
})

test('a file of another version is refused by its number, and left alone', (t) => {
  const file = join(folder(t), 'traces.db')
  const own = new Store({ file })
  add(own, 'app', single(1))
  const version = Object.values(own.db.prepare('PRAGMA user_version').get() ?? {})[0]
  const become = (number: unknown) => {
    const db = new DatabaseSync(file)
    db.exec(`PRAGMA user_version = ${number}`)
    db.close()
  }
  own.close()
  for (const other of [2, 99]) {
    become(other)
    const reason = new RegExp(`cannot use .*: it has version ${other}, not ${version}; give --db a`)
    assert.throws(() => new Store({ file }), reason)
  }
  become(version)
  assert.deepEqual(found(emptyStore(t, { file })), [1])
})

test('different spans of one id are all kept, the same one once, and too many are refused', (t) => {
  const store = emptyStore(t)
  for (const service of ['client', 'server', 'client']) add(store, service, single(1))
  add(store, 'client', single(1, { kind: 3 }), single(1, { kind: 3 }))
  assert.equal(store.spansOf(traceIdOf(1)).length, 3)
  assert.equal(searchTraces(store, { limit: 1 })[0]?.spans, 3)
  const many = Array.from({ length: 200 }, (_, n) => single(1, { name: `copy ${n}` }))
  assert.equal(add(store, 'client', ...many), 103)
  assert.equal(store.spansOf(traceIdOf(1)).length, 100)
  const [before] = searchTraces(store, { limit: 1 })
  assert.equal(add(store, 'client', single(1, { at: -1000, took: 5000 })), 1)
  assert.deepEqual(searchTraces(store, { limit: 1 }), [before])
})
