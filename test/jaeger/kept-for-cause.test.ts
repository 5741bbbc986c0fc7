import assert from 'node:assert/strict'
import type { TestContext } from 'node:test'
import { runPivot } from '../cli/run-pivot.ts'
import type { Line } from '../e2e/app-process.ts'
import { someOf, startTwoServices } from '../e2e/two-services.ts'
import { inEachBackend } from './each-backend.ts'

inEachBackend(
  'at a head of 1 % each link on the lines of what failed or was slow is alive',
  linksAreAlive,
)

async function linksAreAlive(t: TestContext, backend: { ui: string; otlp: string }) {
  const services = await startTwoServices(t, backend)
  const outcomes = someOf(2000, { failed: 100, slow: 50 })
  await services.send(outcomes)
  const { shop, stock } = await services.stop()

  const linked = [...shop, ...stock].filter(({ trace_url }) => trace_url !== undefined)
  const ids = new Set(shop.flatMap((line) => (line.trace_url ? [Number(line.correlationId)] : [])))
  for (const [id, { here, there }] of outcomes.entries()) {
    if (here !== 'well' || there !== 'well') assert.ok(ids.has(id), `${id}: ${here}, ${there}`)
  }
  for (const line of linked) {
    assert.equal(line.trace_url, `${backend.ui}/trace/${line.trace_id}?uiFind=${line.span_id}`)
    const trace = await fetch(`${backend.ui}/api/v3/traces/${line.trace_id}`)
    assert.equal(trace.status, 200)
    assert.ok((await trace.text()).includes(String(line.span_id)), String(line.trace_url))
  }

  const error = shop.find(({ msg }) => msg === 'request failed')
  assert.ok(error)
  await leadsToItsTrace(error, backend.ui)
}

async function leadsToItsTrace(line: Line, ui: string): Promise<void> {
  const { status, stdout } = await runPivot([JSON.stringify(line), '--ui', ui, '--wait', '0s'])
  assert.equal(status, 0)
  assert.match(stdout, /GET \/outcome\/:here\/:there/)
  assert.match(stdout, new RegExp(`correlation id ${line.correlationId}`))
}
