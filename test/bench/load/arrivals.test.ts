import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { arrivals } from '../../../bench/load/arrivals.ts'
import { serveAt } from '../../otel/export-in-process.ts'

suite('requests at a fixed rate', () => {
  test('are as many as the rate says, and asked for one by one', async (t) => {
    let requests = 0
    const url = await serveAt(t, (_req, res) => {
      requests++
      answer(res)
    })
    const { latencies } = await arrivals({ url, rate: 500, seconds: 0.2, connections: 4 })
    assert.equal(latencies.length, 100)
    assert.equal(requests, 100)
    assert.ok(latencies.every((latency) => latency > 0))
  })

  test('are charged with the wait of each that was due while the server had stopped', async (t) => {
    const STOP_MS = 300
    let requests = 0
    const url = await serveAt(t, (_req, res) => {
      if (requests++ === 0) setTimeout(() => answer(res), STOP_MS)
      else answer(res)
    })
    const { latencies } = await arrivals({ url, rate: 100, seconds: 0.5, connections: 1 })

    // One a connection is all that a load which waits for its answers would have seen.
    const longerThan = (ms: number) => latencies.filter((latency) => latency > ms).length
    assert.ok(longerThan(STOP_MS / 2) >= 15, `${longerThan(STOP_MS / 2)} of ${latencies.length}`)
    assert.ok(Math.max(...latencies) >= STOP_MS - 1)
  })

  test('are told apart where the load itself was late', async (t) => {
    const url = await serveAt(t, (_req, res) => answer(res))
    const busy = setTimeout(() => {
      for (const end = performance.now() + 100; performance.now() < end; );
    }, 50)
    t.after(() => clearTimeout(busy))
    const { late } = await arrivals({ url, rate: 500, seconds: 0.3, connections: 4 })
    assert.ok(late >= 50, String(late))
  })

  test('come from different connections where one is waiting', async (t) => {
    let open = 0
    let mostOpen = 0
    const url = await serveAt(t, (_req, res) => {
      mostOpen = Math.max(mostOpen, ++open)
      setTimeout(() => {
        open--
        answer(res)
      }, 50)
    })
    await arrivals({ url, rate: 200, seconds: 0.2, connections: 3 })
    assert.equal(mostOpen, 3)
  })

  test('end with the error of the first that is not answered as it should be', async (t) => {
    const url = await serveAt(t, (_req, res) => {
      res.statusCode = 500
      answer(res)
    })
    const load = arrivals({ url, rate: 100, seconds: 0.1, connections: 1 })
    await assert.rejects(load, /HTTP\/1\.1 500/)
  })

  test('end with an error where there is no answer', async (t) => {
    const url = await serveAt(t, () => {})
    const load = arrivals({ url, rate: 100, seconds: 0.1, connections: 1, patienceMs: 50 })
    await assert.rejects(load, /10 of 10 requests had no answer/)
  })

  test('end with an error where the server goes away', async (t) => {
    const url = await serveAt(t, (req) => req.socket.destroy())
    const load = arrivals({ url, rate: 100, seconds: 0.1, connections: 1 })
    await assert.rejects(load, /the connection was lost/)
  })
})

function answer(res: { setHeader(name: string, value: number): void; end(body: string): void }) {
  res.setHeader('Content-Length', 2)
  res.end('{}')
}
