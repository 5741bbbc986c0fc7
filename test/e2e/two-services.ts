import assert from 'node:assert/strict'
import type { TestContext } from 'node:test'
import { type Env, startApp } from './app-process.ts'
import type { Line } from './follow-process.ts'

/** How a request ends at the first service, and at the second, which the first asks. */
export interface Outcome {
  here: string
  there: string
}

/** Well above what a request takes that waits for nothing, on however loaded a machine. */
const SLOWER_MS = 3000

/** Two services, of which the first asks the second; both sample 1 % and keep what fails, and what is slow. */
export async function startTwoServices(t: TestContext, { otlp, ui }: { otlp: string; ui: string }) {
  const start = (name: string, more: Env = {}) =>
    startApp(t, {
      entry: 'test/e2e/fixtures/outcomes.ts',
      env: {
        OTEL_SERVICE_NAME: name,
        OTEL_EXPORTER_OTLP_ENDPOINT: otlp,
        OTEL_TRACES_SAMPLER: 'parentbased_traceidratio',
        OTEL_TRACES_SAMPLER_ARG: '0.01',
        TRACE_KEEP_ERRORS: 'true',
        TRACE_KEEP_SLOWER_MS: String(SLOWER_MS),
        SLOW_MS: String(SLOWER_MS + 500),
        // So that little is left to the last flush.
        OTEL_BSP_SCHEDULE_DELAY: '200',
        TRACE_UI_URL: ui,
        ...more,
      },
    })
  const stock = await start('stock')
  const shop = await start('shop', { OTHER_URL: stock.url })
  return {
    shop,
    stock,
    /** Sends these, twenty at a time; the correlation id of each is its place in the list. */
    async send(outcomes: readonly Outcome[]): Promise<void> {
      const waiting = [...outcomes.entries()]
      const work = async () => {
        for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
          const [place, { here, there }] = next
          const headers = { 'x-correlation-id': String(place) }
          const answer = await fetch(`${shop.url}/outcome/${here}/${there}`, { headers })
          await answer.arrayBuffer()
        }
      }
      await Promise.all(Array.from({ length: 20 }, work))
    },
    /** Ends both, in order, and gives their lines. */
    async stop(): Promise<{ shop: Line[]; stock: Line[] }> {
      const ends = [await shop.stop(), await stock.stop()]
      for (const { code, stderr, lines } of ends) {
        assert.deepEqual([code, stderr], [0, ''])
        const failing = lines.filter(({ msg }) => msg === 'telemetry export failing')
        assert.deepEqual(failing, [])
      }
      return { shop: shop.lines, stock: stock.lines }
    },
  }
}

const WELL: Outcome = { here: 'well', there: 'well' }

/** `count` requests, of which `failed` fail and `slow` are slow, half of them at the second service. */
export function someOf(
  count: number,
  { failed, slow }: { failed: number; slow: number },
): Outcome[] {
  return Array.from({ length: count }, (_, place) => {
    const turn = Math.floor((place * (failed + slow)) / count)
    const isNew = place === 0 || turn !== Math.floor(((place - 1) * (failed + slow)) / count)
    if (!isNew) return WELL
    const how = turn % 3 === 0 ? 'slow' : 'throws'
    return turn % 2 === 0 ? { here: how, there: 'well' } : { here: 'well', there: how }
  })
}
