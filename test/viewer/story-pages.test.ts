import assert from 'node:assert/strict'
import { test } from 'node:test'
import { linking, linkTo, of, spanIdOf, traceIdOf } from './linked-traffic.ts'
import { page, runningViewer, send } from './running-viewer.ts'
import { traces } from './traffic.ts'

const failed = { status: { code: 2 } }

test('a trace’s page has its story at its head, in sequence, the current one marked', async (t) => {
  const { ui, otlp } = await runningViewer(t)
  const order = linking(1, [], { ...of('order-1'), name: 'POST /orders' })
  const job = linking(13, [1], { ...of('order-1'), ...failed, name: 'orders', took: 28 })
  const asked = linking(21, [], { ...of('order-1'), name: 'GET /orders' })
  await send(otlp, 'traces', traces('shop', job, order, asked))
  const { html } = await page(`${ui}/trace/${traceIdOf(1)}`)
  const story = /<section class="story".*?<\/section>/s.exec(html)?.[0] ?? ''
  const parts = [...story.matchAll(/<li class="(\w*)">(.*?)<\/li>/gs)]
  const [first, second, third] = parts.map(([, state, part = '']) => [
    state,
    part
      .replace(/<[^>]+>/g, ' ')
      .replace(/\s+/g, ' ')
      .trim(),
  ])
  assert.match(String(first), /^,[\d:. -]+ POST \/orders shop 10 ms ok this one$/)
  assert.deepEqual(second, ['bad', '+12 ms orders shop 28 ms 1 error links to this one'])
  assert.deepEqual(third, ['', '+20 ms GET /orders shop 10 ms ok'])
  assert.match(story, new RegExp(`"/trace/${traceIdOf(1)}" aria-current=page`))
  assert.match(story, new RegExp(`"/trace/${traceIdOf(13)}">`))
})

test('a trace that belongs with no other has no story', async (t) => {
  const { ui, otlp } = await runningViewer(t)
  await send(otlp, 'traces', traces('shop', linking(1, [1, 9], of('order-1'))))
  assert.doesNotMatch((await page(`${ui}/trace/${traceIdOf(1)}`)).html, /This story/)
})

test('a span’s facts lead to the other end of its links, both ways', async (t) => {
  const { ui, otlp } = await runningViewer(t)
  await send(otlp, 'traces', traces('shop', linking(1), linking(13, [1, 99])))
  const facts = async (n: number) =>
    (await page(`${ui}/trace/${traceIdOf(n)}/span/${spanIdOf(n)}`)).html
  const hrefOf = (n: number) => `href="/trace/${traceIdOf(n)}\\?uiFind=${spanIdOf(n)}">`
  const job = await facts(13)
  assert.match(job, new RegExp(`Links to.*${hrefOf(1)}trace 1, 12 ms before</a>`, 's'))
  assert.match(
    job,
    new RegExp(`${hrefOf(99)}span ${spanIdOf(99)} of trace aaaaaaaa…, not here</a>`),
  )
  assert.match(
    await facts(1),
    new RegExp(`Linked from.*${hrefOf(13)}trace 13, 12 ms after</a>`, 's'),
  )
  const rows = async (n: number) => (await page(`${ui}/trace/${traceIdOf(n)}`)).html
  for (const n of [1, 13]) assert.match(await rows(n), /class="linked"/)
})

test('of ten thousand links on a span, and as many to it, fifty are shown', async (t) => {
  const { ui, otlp } = await runningViewer(t)
  const many = Array.from({ length: 10_000 }, (_, n) => n + 100)
  await send(otlp, 'traces', traces('shop', linking(1, many)))
  await send(otlp, 'traces', traces('shop', ...many.map((n) => linking(n, [1]))))
  const { html } = await page(`${ui}/trace/${traceIdOf(1)}?uiFind=${spanIdOf(1)}`)
  const facts = html.slice(html.indexOf('<aside'))
  assert.equal(facts.match(/<li>/g)?.length, 100)
  assert.match(facts, /and 9950 more.*and more/s)
  assert.match(html, /41 traces, in sequence.*Left out: more that are linked\./s)
})

test('the list of one correlation id leads to its story', async (t) => {
  const { ui, otlp } = await runningViewer(t)
  await send(otlp, 'traces', traces('shop', linking(1, [], of('order-1'))))
  const tags = encodeURIComponent('{"correlation.id":"order-1"}')
  const lists = [`tags=${tags}`, 'attribute=correlation.id%3Dorder-1']
  const leads = /href="\/trace\/(\w+)#story"/
  for (const query of lists)
    assert.doesNotMatch((await page(`${ui}/search?${query}`)).html, leads, 'one trace is no story')
  await send(otlp, 'traces', traces('shop', linking(2, [1], of('order-1')), linking(3)))
  for (const query of lists) {
    assert.equal(leads.exec((await page(`${ui}/search?${query}`)).html)?.[1], traceIdOf(1))
    assert.match((await page(`${ui}/search/rows?${query}`)).html, leads)
  }
  for (const query of ['', 'service=shop', 'attribute=other%3D1'])
    assert.doesNotMatch((await page(`${ui}/search?${query}`)).html, leads)
})

test('names in a story and at a link’s other end are text', async (t) => {
  const { ui, otlp } = await runningViewer(t)
  const name = `"><script>alert(1)</script>`
  await send(otlp, 'traces', traces(name, linking(1, [], { name }), linking(2, [1], { name })))
  for (const n of [1, 2]) {
    const { html } = await page(`${ui}/trace/${traceIdOf(n)}?uiFind=${spanIdOf(n)}`)
    assert.doesNotMatch(html, /<script>/)
    assert.match(html, /This story.*&lt;script&gt;.*Link(s to|ed from).*&lt;script&gt;/s)
  }
})

test('/api/links names the traces that link to one of these, and refuses what it cannot take', async (t) => {
  const { ui, otlp } = await runningViewer(t)
  await send(otlp, 'traces', traces('shop', linking(2, [1]), linking(3, [1, 2]), linking(4, [9])))
  const ask = async (...ids: string[]) => {
    const answer = await fetch(`${ui}/api/links?${ids.map((id) => `traceId=${id}`).join('&')}`)
    return { status: answer.status, body: await answer.json() }
  }
  const [one, two] = [linkTo(1).traceId, linkTo(2).traceId]
  assert.deepEqual((await ask(one)).body, { traceIds: [traceIdOf(2), traceIdOf(3)] })
  assert.deepEqual((await ask(two, one)).body, { traceIds: [traceIdOf(3), traceIdOf(2)] })
  assert.deepEqual((await ask(traceIdOf(7))).body, { traceIds: [] })
  const many = Array.from({ length: 120 }, (_, n) => linking(n + 10, [9]))
  await send(otlp, 'traces', traces('shop', ...many))
  assert.equal((await ask(traceIdOf(9))).body.traceIds.length, 100)
  for (const bad of [[], ['x'], [one, 'x'], Array.from({ length: 101 }, () => one)])
    assert.equal((await ask(...bad)).status, 400)
})
