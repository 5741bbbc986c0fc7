import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import type { TestContext } from 'node:test'
import { checkoutTrace } from './checkout-trace.ts'
import { runPivot } from './run-pivot.ts'

/** What pivot does on every backend: `ui` and `otlp` are base URLs of one that has no trace yet. */
export async function findsTraces(
  t: TestContext,
  { ui, otlp }: { ui: string; otlp: string },
): Promise<void> {
  const send = (correlationId: string, start: number) => sendCheckout(otlp, correlationId, start)
  const ask = (...args: string[]) => runPivot([...args, '--ui', ui, '--wait', '0s'])
  const hour = 3_600_000
  const older = await send('twice-1', Date.now() - hour)
  const newer = await send('twice-1', Date.now())
  const single = await send('once-1', Date.now())
  const asTraceId = randomBytes(16).toString('hex')
  const hexNamed = await send(asTraceId, Date.now())

  await t.test('a correlation id leads to its trace, lines and URL', async () => {
    const { status, stdout } = await ask('once-1')
    assert.equal(status, 0)
    assert.match(stdout, /^GET \/checkout {2}shop {2}40 ms, 3 spans, 2 errors/)
    assert.match(stdout, /├ INFO taking the order +\+1 ms/)
    assert.match(stdout, /└ EXCEPTION Error: card declined +\+29 ms/)
    assert.ok(stdout.endsWith(`\n${ui}/trace/${single}?uiFind=00000000000000a1\n`))
  })

  await t.test('a log line leads to its trace and its span', async () => {
    const line = { level: 50, trace_id: single, span_id: '00000000000000b1', msg: 'no' }
    const { status, stdout } = await ask(JSON.stringify(line))
    assert.equal(status, 0)
    assert.match(stdout, /▸ ✗ POST \/charge/)
    assert.ok(stdout.endsWith(`/trace/${single}?uiFind=00000000000000b1\n`))
  })

  await t.test(
    'several traces of one correlation id come in the order of their start',
    async () => {
      const { status, stdout } = await ask('twice-1')
      assert.equal(status, 0)
      assert.match(stdout, /^2 traces have this correlation id, in the order of their start:\n/)
      const listed = Array.from(stdout.matchAll(/\/trace\/(\w+)/g), ([, id]) => id)
      assert.deepEqual(listed, [older, newer])
    },
  )

  await t.test('--since leaves older ones out', async () => {
    const { stdout } = await ask('twice-1', '--since', '30m', '--json')
    assert.deepEqual(idsIn(stdout), [newer])
  })

  await t.test('32 hex digits that are no trace are tried as a correlation id', async () => {
    assert.deepEqual(idsIn((await ask(asTraceId, '--json')).stdout), [hexNamed])
  })

  await t.test('what is not there is not found, with reasons', async () => {
    for (const unknown of ['never-1', 'f'.repeat(32)]) {
      const { status, stdout, stderr } = await ask(unknown)
      assert.equal(status, 1)
      assert.equal(stdout, '')
      assert.match(stderr, new RegExp(`^No trace .*${unknown} at ${ui}`))
      assert.match(stderr, /this one knows payments, shop/)
    }
  })

  await t.test('a trace that arrives while it waits is found', async () => {
    const pause = () => send('late-1', Date.now())
    const { status } = await runPivot(['late-1', '--ui', ui], { pause })
    assert.equal(status, 0)
  })
}

async function sendCheckout(otlp: string, correlationId: string, start: number): Promise<string> {
  const traceId = randomBytes(16).toString('hex')
  const answer = await fetch(`${otlp}/v1/traces`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(checkoutTrace(traceId, correlationId, start)),
  })
  assert.equal(answer.status, 200, await answer.text())
  return traceId
}

function idsIn(json: string): string[] {
  const { traces } = JSON.parse(json)
  return traces.map(({ traceId }: { traceId: string }) => traceId)
}
