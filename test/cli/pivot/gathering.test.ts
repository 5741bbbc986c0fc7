import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { resourceSpans } from '../checkout-trace.ts'
import { listen } from '../fake-backend.ts'
import { runPivot } from '../run-pivot.ts'

const start = Date.UTC(2026, 0, 2, 3, 4, 5)
const traceIdOf = (n: number) => String(n).padStart(32, 'a')
const spanIdOf = (n: number) => String(n).padStart(16, 'b')
const linkTo = (n: number) => ({ traceId: traceIdOf(n), spanId: spanIdOf(n) })

interface Part {
  links?: readonly number[]
  correlationId?: string
  name?: string
}

/** Trace `n` of one span, `n` ms after the others' start. */
function trace(n: number, { links = [], correlationId, name = `trace ${n}` }: Part = {}) {
  const span = { ...linkTo(n), name, from: n, to: n + 1, links: links.map(linkTo) }
  return resourceSpans('app', start, [{ ...span, ...(correlationId && { correlationId }) }])
}

/** A backend with these traces by number; what it was asked comes with it. */
async function backendOf(
  t: TestContext,
  traces: Record<number, ReturnType<typeof trace>>,
  { search = [], refuse }: { search?: ReturnType<typeof trace>[]; refuse?: RegExp } = {},
) {
  const asked: string[] = []
  const ui = await listen(t, (request, response) => {
    const url = decodeURIComponent(request.url ?? '')
    asked.push(url)
    const [, n = ''] = /\/api\/v3\/traces\/a+(\d+)$/.exec(url) ?? []
    const found = url.includes('/api/v3/traces?') ? search : [traces[Number(n)]].filter(Boolean)
    if (refuse?.test(url)) response.writeHead(503).end('over\u001b[2Jload')
    else if (found.length === 0) response.writeHead(404).end('{}')
    else response.end(JSON.stringify({ result: { resourceSpans: found } }))
  })
  const pivot = (...args: string[]) => runPivot([...args, '--ui', ui, '--wait', '0s'])
  return { asked, pivot }
}

const numbersIn = (stdout: string) =>
  Array.from(stdout.matchAll(/\/trace\/a+(\d+)/g), ([, n]) => Number(n))

test('links in a circle, or to itself, end', async (t) => {
  const { pivot, asked } = await backendOf(t, {
    1: trace(1, { links: [1, 2] }),
    2: trace(2, { links: [3, 3] }),
    3: trace(3, { links: [1, 2] }),
  })
  const { stdout } = await pivot(traceIdOf(2))
  assert.deepEqual(numbersIn(stdout), [2, 1, 3])
  assert.equal(asked.filter((url) => url.includes('/api/v3/traces/')).length, 3)
  assert.equal(stdout.match(/linked from trace 3/g)?.length, 1)
  assert.equal(stdout.match(/linked from trace 1/g)?.length, 1)
})

test('of ten thousand links on a span fifty are followed, and the others counted', async (t) => {
  const many = Array.from({ length: 10_000 }, (_, n) => n + 10)
  const { pivot, asked } = await backendOf(t, { 1: trace(1, { links: many }), 12: trace(12) })
  const { stdout, status } = await pivot(traceIdOf(1))
  assert.equal(status, 0)
  assert.deepEqual(numbersIn(stdout), [1, 12])
  assert.match(stdout, /\nand 9995 more such links\n/)
  assert.match(stdout, /\n9950 more linked traces are left out\n$/)
  assert.equal(asked.filter((url) => url.includes('/api/v3/traces/')).length, 51)
  assert.ok(stdout.length < 3000, `${stdout.length} characters`)
})

test('what is known to be there comes before what a link only names', async (t) => {
  const many = Array.from({ length: 10_000 }, (_, n) => n + 10)
  const correlationId = 'abc-123'
  const first = trace(1, { links: many, correlationId })
  const search = [first, trace(5, { links: [1], correlationId }), trace(6, { correlationId })]
  const { pivot } = await backendOf(t, { 1: first }, { search })
  assert.deepEqual(numbersIn((await pivot(traceIdOf(1))).stdout), [1, 5])
})

test('of many linked traces the first are drawn, and all are listed', async (t) => {
  const all = Array.from({ length: 12 }, (_, n) => n + 2)
  const linked = all.map((n) => [n, trace(n)] as const)
  const { pivot } = await backendOf(t, {
    1: trace(1, { links: all }),
    ...Object.fromEntries(linked),
  })
  const { stdout } = await pivot(traceIdOf(1))
  assert.match(stdout, /\n12 traces are linked with it, in the order of their start:\n/)
  assert.deepEqual(numbersIn(stdout), [1, ...all])
  assert.equal(stdout.match(/█ +1 ms/g)?.length, 10)
})

test('what belongs to an old trace is looked for from before it on', async (t) => {
  const { pivot, asked } = await backendOf(t, { 1: trace(1, { correlationId: 'abc-123' }) })
  await pivot(traceIdOf(1), '--since', '30m')
  const search = asked.find((url) => url.includes('query.attributes')) ?? ''
  const since = new URLSearchParams(search.replace(/.*\?/, '')).get('query.startTimeMin')
  assert.equal(since, '2026-01-01T03:04:05.001Z')
})

test('a correlation id is looked for once', async (t) => {
  const search = [1, 2].map((n) => trace(n, { links: [1], correlationId: 'abc-123' }))
  const { pivot, asked } = await backendOf(t, {}, { search })
  assert.deepEqual(numbersIn((await pivot('abc-123')).stdout), [1, 2])
  assert.equal(asked.filter((url) => url.includes('query.attributes')).length, 1)
})

test('a trace that links name and nobody has is said to be missing', async (t) => {
  const { pivot } = await backendOf(t, { 1: trace(1, { links: [9] }) })
  const { stdout } = await pivot(traceIdOf(1))
  const words = `linked from span ${spanIdOf(9)} of trace ${traceIdOf(9)}, which is not here: not flushed`
  assert.ok(stdout.includes(`\n${words}`), stdout)
})

test('a backend that gives up in the middle costs the links alone', async (t) => {
  const first = trace(1, { links: [2], correlationId: 'abc-123' })
  const { pivot } = await backendOf(t, { 1: first }, { refuse: /query\.|services|links|a2$/ })
  const { stdout, status } = await pivot(traceIdOf(1))
  assert.equal(status, 0)
  assert.match(stdout, /^trace 1 {2}app/)
  assert.match(
    stdout,
    /\nlinks were not followed to the end: .* answered 503: over\\u\{1b\}\[2Jload\n$/,
  )
  const { trouble } = JSON.parse((await pivot(traceIdOf(1), '--json')).stdout)
  assert.match(trouble, /answered 503/)
})

test('a trace with a thousand correlation ids is looked for by ten', async (t) => {
  const spans = Array.from({ length: 1000 }, (_, n) => ({
    ...{ traceId: traceIdOf(1), spanId: spanIdOf(n), name: 'reused', from: 1, to: 2 },
    correlationId: `id-${n}`,
  }))
  const { pivot, asked } = await backendOf(t, { 1: resourceSpans('app', start, spans) })
  await pivot(traceIdOf(1))
  assert.equal(asked.filter((url) => url.includes('query.attributes')).length, 10)
})

test('the name at the other end of a link is only shown', async (t) => {
  const { pivot } = await backendOf(t, {
    1: trace(1, { links: [2] }),
    2: trace(2, { name: '\u001b[2J\n' }),
  })
  const { stdout } = await pivot(traceIdOf(1))
  assert.match(stdout, /\nlinked from \\u\{1b\}\[2J\\n, span b+2, 1 ms after\n/)
})

test('of a linked trace the span of the line is not missed', async (t) => {
  const { pivot } = await backendOf(t, { 1: trace(1, { links: [2] }), 2: trace(2) })
  const line = { trace_id: traceIdOf(1), span_id: spanIdOf(1) }
  const { stdout } = await pivot(JSON.stringify(line))
  assert.deepEqual(numbersIn(stdout), [1, 2])
  assert.doesNotMatch(stdout, /not flushed/)
})
