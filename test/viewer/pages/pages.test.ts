import assert from 'node:assert/strict'
import { test } from 'node:test'
import { largeSpanId } from '../large-trace.ts'
import { page, raw, runningViewer, send } from '../running-viewer.ts'
import { line, logs, span, spanIdOf, traceIdOf, traces } from '../traffic.ts'

const hostile = `"><script>alert(1)</script><img src=x onerror='alert(2)'>`

test('the first page is light and loads nothing from elsewhere', async (t) => {
  const { ui, otlp } = await runningViewer(t)
  for (let n = 1; n <= 60; n++)
    await send(otlp, 'traces', traces('app', span({ traceId: traceIdOf(n), at: n })))
  const { html } = await page(`${ui}/`)
  const links = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, link = '']) => link)
  for (const link of links) assert.match(link, /^\//)
  const assets = links.filter((link) => link.startsWith('/public/'))
  assert.ok(assets.length >= 3)
  const sizes = await Promise.all(assets.map(async (path) => (await page(ui + path)).html.length))
  const total = html.length + sizes.reduce((sum, size) => sum + size)
  assert.ok(total < 100_000, `${total} bytes`)
})

test('of two spans with one id both are selected, and their facts shown', async (t) => {
  const { ui, otlp } = await runningViewer(t)
  await send(otlp, 'traces', traces('client', span({ kind: 3, name: 'asks' })))
  await send(otlp, 'traces', traces('server', span({ kind: 2, name: 'answers', at: 2 })))
  const url = `${ui}/trace/${traceIdOf(1)}`
  const whole = await page(`${url}?uiFind=${spanIdOf(1)}`)
  assert.equal(whole.html.match(/<li class="span c\d selected"/g)?.length, 2)
  for (const { html } of [whole, await page(`${url}/span/${spanIdOf(1)}`)]) {
    const heads = html.matchAll(/<h2><span class="service">(\w+)<\/span> (\w+)<\/h2>/g)
    assert.deepEqual(
      [...heads].map(([, service, name]) => [service, name]),
      [
        ['client', 'asks'],
        ['server', 'answers'],
      ],
    )
  }
})

test('every page forbids scripts and styles that are not its own', async (t) => {
  const { ui, otlp } = await runningViewer(t)
  await send(otlp, 'traces', traces('app', span()))
  for (const path of [
    '/',
    `/trace/${traceIdOf(1)}?uiFind=${spanIdOf(1)}`,
    `/trace/${traceIdOf(2)}`,
    '/nowhere',
  ]) {
    const response = await fetch(ui + path)
    const policy = response.headers.get('content-security-policy') ?? ''
    assert.match(policy, /default-src 'none'; style-src 'self'; script-src 'self';/)
    assert.match(policy, /frame-ancestors 'none'/)
    assert.doesNotMatch(policy, /unsafe/)
    assert.equal(response.headers.get('x-content-type-options'), 'nosniff')
    assert.doesNotMatch(await response.text(), /\sstyle=|<style|<script>|\son\w+=/)
  }
})

test('names, ids, messages and attributes are text wherever they stand', async (t) => {
  const { ui, otlp } = await runningViewer(t)
  const attributes = { 'correlation.id': hostile, [hostile]: hostile }
  const stack = [{ key: 'exception.stacktrace', value: { stringValue: hostile } }]
  await send(
    otlp,
    'traces',
    traces(
      hostile,
      span({
        name: hostile,
        attributes,
        status: { code: 2, message: hostile },
        events: [{ name: hostile, attributes: stack }],
      }),
    ),
  )
  await send(otlp, 'logs', logs(hostile, line(hostile)))
  const quoted = encodeURIComponent(hostile)
  for (const path of [
    '/',
    `/trace/${traceIdOf(1)}?uiFind=${spanIdOf(1)}`,
    `/trace/${traceIdOf(1)}/span/${spanIdOf(1)}`,
    `/trace/${traceIdOf(1)}?uiFind=${quoted}`,
    `/trace/${quoted}`,
    `/search?service=${quoted}&operation=${quoted}&minDuration=${quoted}&attribute=${quoted}&tags=${quoted}`,
    `/search?q=${quoted}`,
    `/${quoted}`,
  ]) {
    const { html } = await page(ui + path)
    assert.doesNotMatch(html, /<script>|<img/, path)
  }
  assert.match((await page(`${ui}/`)).html, /&quot;&gt;&lt;script&gt;/)
})

test('the search box leads to the trace of an id or a line', async (t) => {
  const { ui, otlp } = await runningViewer(t)
  await send(otlp, 'traces', traces('app', span({ attributes: { 'correlation.id': 'abc-123' } })))
  const find = (text: string) => page(`${ui}/search?q=${encodeURIComponent(text)}`)
  const trace = `${ui}/trace/${traceIdOf(1)}`
  assert.equal((await find(traceIdOf(1))).url, trace)
  assert.equal((await find('abc-123')).url, trace)
  const json = { level: 30, trace_id: traceIdOf(1), span_id: spanIdOf(1), msg: 'x' }
  assert.equal((await find(JSON.stringify(json))).url, `${trace}?uiFind=${spanIdOf(1)}`)
  assert.equal(
    (await find(JSON.stringify({ ...json, trace_id: traceIdOf(7), correlationId: 'abc-123' }))).url,
    trace,
  )
  assert.match((await find('no id in here')).html, /No id was found/)
  assert.match((await find(traceIdOf(7))).html, /This trace is not here/)
})

test('what is pasted into the search box may have 64 kB, in any script', async (t) => {
  const { ui, otlp } = await runningViewer(t)
  await send(otlp, 'traces', traces('app', span()))
  const paste = (q: string) =>
    fetch(`${ui}/find`, { method: 'POST', redirect: 'manual', body: new URLSearchParams({ q }) })
  for (const letter of ['x', 'ж', '本', ' ']) {
    const id = ` trace_id=${traceIdOf(1)}`
    const found = await paste(letter.repeat(64 * 1024 - id.length) + id)
    assert.equal(found.headers.get('location'), `/trace/${traceIdOf(1)}`, letter)
  }
  const nothing = await paste('no id in here')
  assert.match(await nothing.text(), /No id was found.*/)
  const more = await paste('本'.repeat(100_000))
  assert.equal(more.status, 413)
  assert.match(await more.text(), /request entity too large/)
  const foreign = { origin: 'https://example.com' }
  const refused = await raw(`${ui}/find`, { method: 'POST', headers: foreign, body: 'q=abc' })
  assert.equal(refused.status, 403)
})

test('32 hex digits that are no trace are looked for as a correlation id', async (t) => {
  const { ui, otlp } = await runningViewer(t)
  const id = `${'c0ffee'.repeat(5)}00`
  for (const n of [1, 2])
    await send(
      otlp,
      'traces',
      traces('app', span({ traceId: traceIdOf(n), attributes: { 'correlation.id': id } })),
    )
  await send(otlp, 'traces', traces('app', span({ traceId: traceIdOf(3) })))
  const { html, url } = await page(`${ui}/search?q=${id}`)
  assert.match(url, /\/search\?tags=/)
  assert.deepEqual(html.match(/(?<=id="t-)\w+/g), [traceIdOf(2), traceIdOf(1)])
})

test('the list is filtered by its URL, also by one made for Jaeger', async (t) => {
  const { ui, otlp } = await runningViewer(t)
  await send(
    otlp,
    'traces',
    traces('front', span({ attributes: { 'correlation.id': 'abc-123' }, took: 100 })),
  )
  await send(
    otlp,
    'traces',
    traces('back', span({ traceId: traceIdOf(2), name: 'job', status: { code: 2 } })),
  )
  const shown = async (query: string) => {
    const { html } = await page(`${ui}/search?${query}`)
    return html.match(/(?<=id="t-a+)[1-9]/g)?.join('') ?? ''
  }
  assert.equal(await shown('service=front'), '1')
  assert.equal(await shown('operation=job'), '2')
  assert.equal(await shown('minDuration=50ms'), '1')
  assert.equal(await shown('errors=1'), '2')
  assert.equal(await shown('attribute=correlation.id%3Dabc-123'), '1')
  const tags = encodeURIComponent('{"correlation.id":"abc-123"}')
  assert.equal(await shown(`service=front&lookback=1h&limit=20&tags=${tags}`), '1')
  assert.equal(await shown(`service=back&tags=${tags}`), '')
  for (const [bad, hint] of [
    ['minDuration=soon', /250ms/],
    ['tags=x', /correlation\.id/],
    ['attribute=x', /key=value/],
  ] as const)
    assert.match((await page(`${ui}/search?${bad}`)).html, hint)
})

test('a trace page shows the waterfall, the chosen span and the lines at their place', async (t) => {
  const { ui, otlp } = await runningViewer(t)
  await send(
    otlp,
    'traces',
    traces(
      'app',
      span({ took: 40 }),
      span({
        spanId: spanIdOf(2),
        parentSpanId: spanIdOf(1),
        at: 20,
        name: 'child',
        status: { code: 2 },
        attributes: { 'http.route': '/work' },
      }),
    ),
  )
  await send(
    otlp,
    'logs',
    logs(
      'app',
      line('first', { at: 5 }),
      line('inside', { at: 25, spanId: spanIdOf(2), severityNumber: 17 }),
    ),
  )
  const { html, status } = await page(`${ui}/trace/${traceIdOf(1)}?uiFind=${spanIdOf(2)}`)
  assert.equal(status, 200)
  const order = ['id="s-bbbbbbbbbbbbbbb1"', 'first', 'id="s-bbbbbbbbbbbbbbb2"', 'inside'].map(
    (text) => html.indexOf(text),
  )
  assert.ok(
    order.every((at, index) => at > (order[index - 1] ?? 0)),
    String(order),
  )
  assert.match(
    html,
    /class="span c0 bad selected" id="s-b+2" data-below="1"><a [^>]+ aria-current=true>/,
  )
  assert.match(html, /<rect x="50.000%" width="25.000%"/)
  assert.match(html, /http\.route<\/th><td>\/work/)
  assert.match(html, /l-error/)
})

test('the critical path is marked on the bars of the spans that are waited for', async (t) => {
  const { ui, otlp } = await runningViewer(t)
  const child = (n: number, at: number, took: number) =>
    span({ spanId: spanIdOf(n), parentSpanId: spanIdOf(1), at, took })
  await send(otlp, 'traces', traces('app', span({ took: 100 }), child(2, 10, 30), child(3, 10, 80)))
  const { html } = await page(`${ui}/trace/${traceIdOf(1)}`)
  const marks = (n: number) => {
    const [row = ''] = new RegExp(`<li [^>]*id="s-${spanIdOf(n)}".*?</li>`).exec(html) ?? []
    return [...row.matchAll(/class="critical" x="([\d.]+)%" width="([\d.]+)%"/g)].map(
      ([, x, width]) => [Number(x), Number(width)],
    )
  }
  assert.deepEqual([1, 2, 3].map(marks), [
    [
      [0, 10],
      [90, 10],
    ],
    [],
    [[10, 80]],
  ])
  assert.match(html, /<li class="critical"[^>]*>critical path</)
})

test('a root of five thousand children in a row has no more marks than one can see', async (t) => {
  const { ui, otlp } = await runningViewer(t)
  const children = Array.from({ length: 5000 }, (_, n) =>
    span({ spanId: largeSpanId(n), parentSpanId: spanIdOf(1), at: 10 * n, took: 5 }),
  )
  await send(otlp, 'traces', traces('app', span({ took: 50_000 }), ...children))
  const { html } = await page(`${ui}/trace/${traceIdOf(1)}`)
  const [root = ''] = new RegExp(`<li [^>]*id="s-${spanIdOf(1)}".*?</li>`).exec(html) ?? []
  const marks = root.match(/class="critical"/g)?.length ?? 0
  assert.ok(marks > 0 && marks <= 1000, `${marks} marks`)
})

test('a trace that is not there says why, and has its lines where those are here', async (t) => {
  const { ui, otlp } = await runningViewer(t)
  const url = `${ui}/trace/${traceIdOf(1)}`
  const first = await page(url)
  assert.equal(first.status, 404)
  for (const reason of [/not flushed/i, /not sampled/i, /evicted/i, /another backend/])
    assert.match(first.html, reason)
  await send(otlp, 'logs', logs('app', line('but I am here')))
  assert.match((await page(url)).html, /but I am here/)
  await send(otlp, 'traces', traces('app', span()))
  assert.equal((await page(url)).status, 200)
})

test('HEAD is answered as GET is, without the body', async (t) => {
  const { ui, otlp } = await runningViewer(t)
  await send(otlp, 'traces', traces('app', span({ attributes: { 'correlation.id': 'abc-123' } })))
  for (const path of [
    '/',
    '/search?q=abc-123',
    `/trace/${traceIdOf(1)}`,
    `/trace/${traceIdOf(9)}`,
    '/public/viewer.css',
    '/api/v3/services',
    '/nowhere',
  ]) {
    const [get, head] = await Promise.all(
      ['GET', 'HEAD'].map((method) => fetch(ui + path, { method, redirect: 'manual' })),
    )
    assert.equal(head?.status, get?.status, path)
    assert.equal(head?.headers.get('content-length'), get?.headers.get('content-length'), path)
    assert.equal(await head?.text(), '')
  }
})

test('a % that means nothing is a 400 in a path, and stands for itself in a query', async (t) => {
  const { ui } = await runningViewer(t)
  const { html, status } = await page(`${ui}/trace/%zz`)
  assert.equal(status, 400)
  assert.match(html, /The address has a % that means nothing/)
  const inApi = await page(`${ui}/api/v3/traces/%zz`)
  assert.deepEqual([inApi.status, inApi.html], [400, 'Bad Request'])
  const query = await page(`${ui}/search?q=%zz`)
  assert.equal(query.status, 200)
  assert.match(query.html, /value="%zz"/)
})

test('live updates say that something came, and end with the viewer', async (t) => {
  const { ui, otlp, close } = await runningViewer(t)
  const response = await fetch(`${ui}/live`)
  assert.match(response.headers.get('content-type') ?? '', /^text\/event-stream/)
  assert.ok(response.body)
  const chunks = response.body.pipeThrough(new TextDecoderStream())[Symbol.asyncIterator]()
  assert.match((await chunks.next()).value ?? '', /retry/)
  await send(otlp, 'traces', traces('app', span()))
  assert.equal((await chunks.next()).value, 'data:\n\n')
  await close()
  assert.equal((await chunks.next()).done, true)
})

test('live updates for one trace come when that is here, and at once where it was before', async (t) => {
  const { ui, otlp } = await runningViewer(t)
  const heard: string[] = []
  const listen = async (path: string) => ({ path, body: (await fetch(ui + path)).body })
  const nextEvent = async ({ path, body }: Awaited<ReturnType<typeof listen>>) => {
    assert.ok(body)
    let text = ''
    for await (const chunk of body.pipeThrough(new TextDecoderStream())) {
      text += chunk
      if (text.includes('data:')) break
    }
    heard.push(path)
  }
  const awaited = nextEvent(await listen(`/live?trace=${traceIdOf(2)}`))
  const any = nextEvent(await listen('/live'))
  await send(otlp, 'traces', traces('app', span()))
  await any
  assert.deepEqual(heard, ['/live'])
  await send(otlp, 'traces', traces('app', span({ traceId: traceIdOf(2) })))
  await awaited
  await nextEvent(await listen(`/live?trace=${traceIdOf(2)}`))
})
