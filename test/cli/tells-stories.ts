import assert from 'node:assert/strict'
import type { TestContext } from 'node:test'
import { orderStory } from './order-story.ts'
import { runPivot } from './run-pivot.ts'

/**
 * What pivot tells of linked traces on every backend; `asksForLinks` where that can be asked which traces link to one,
 * so that they are found without a correlation id in common.
 */
export async function tellsStories(
  t: TestContext,
  { ui, otlp, asksForLinks }: { ui: string; otlp: string; asksForLinks: boolean },
): Promise<void> {
  const ask = (...args: string[]) => runPivot([...args, '--ui', ui, '--wait', '0s'])
  const { ids, body } = orderStory(Date.now(), 'order-1')
  const answer = await fetch(`${otlp}/v1/traces`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  assert.equal(answer.status, 200, await answer.text())
  const known = asksForLinks ? [ids.request, ids.job, ids.mail] : [ids.request, ids.job]

  await t.test('a correlation id leads to the request and then its job', async () => {
    const { stdout } = await ask('order-1')
    const more = asksForLinks ? ', 1 more linked with it' : ''
    const heading = `2 traces have this correlation id${more}, in the order of their start:\n\n`
    assert.ok(stdout.startsWith(`${heading}POST /orders  shop  8 ms`), stdout)
    assert.match(stdout, /\nlinked to orders, span \w{16}, 12 ms after\n/)
    assert.match(
      stdout,
      /\norders {2}worker .*\nlinked from POST \/orders, span \w{16}, 12 ms before/,
    )
    assert.deepEqual(listed(stdout), known)
  })

  await t.test('a request leads to its job, and what comes of that', async () => {
    const { stdout } = await ask(ids.request)
    assert.ok(stdout.startsWith('POST /orders  shop'))
    assert.match(
      stdout,
      asksForLinks ? /\n2 traces are linked with it/ : /\n1 trace is linked with/,
    )
    assert.deepEqual(listed(stdout), known)
  })

  await t.test('the last of a chain leads back to the first, under another id', async () => {
    const { stdout } = await ask(ids.mail)
    assert.match(stdout, /\nlinked from orders, span \w{16}, 38 ms before\n/)
    assert.deepEqual(listed(stdout), [ids.mail, ids.request, ids.job])
    const report = JSON.parse((await ask(ids.mail, '--json')).stdout)
    const idsOf = (traces: { traceId: string }[]) => traces.map(({ traceId }) => traceId)
    assert.deepEqual(idsOf(report.traces), [ids.mail])
    assert.deepEqual(idsOf(report.linked), [ids.request, ids.job])
    assert.equal(report.traces[0].spans[0].links[0].traceId, ids.job)
    assert.equal(report.linkedLeftOut, 0)
  })
}

function listed(stdout: string): (string | undefined)[] {
  return Array.from(stdout.matchAll(/\/trace\/(\w+)/g), ([, id]) => id)
}
