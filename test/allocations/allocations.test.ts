import assert from 'node:assert/strict'
import { suite, type TestContext, test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { Connection } from '../../bench/load/connection.ts'
import { ServerProcess } from '../../bench/run/server-process.ts'
import { ours } from '../../bench/variants.ts'
import { serveAt } from '../otel/export-in-process.ts'

const FEW = 20_000
const MANY = 200_000
const CONNECTIONS = 20
/** A heap is never twice the same: a request that left anything would leave it 180,000 times. */
const MOST = 1.05
/** A batch that is still to be sent is no leak: it goes within moments. */
const TRIES = 100
const SOON = { OTEL_BSP_SCHEDULE_DELAY: '100', OTEL_EXPORTER_OTLP_TIMEOUT: '500' }

const CASES: [how: string, env: Record<string, string>][] = [
  ['with telemetry on', SOON],
  [
    'where what fails would be kept',
    { ...SOON, OTEL_TRACES_SAMPLER: 'always_off', TRACE_KEEP_ERRORS: 'true' },
  ],
  ['with telemetry off', { OTEL_SDK_DISABLED: 'true' }],
  ['with the collector down', { ...SOON, OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9' }],
]

suite('a request leaves nothing in memory', () => {
  for (const [how, env] of CASES) {
    test(how, async (t) => {
      const server = await serverOf(t, env)
      await ask(server, FEW)
      const first = await smallestHeap(server)
      await ask(server, MANY - FEW)
      const heaps: number[] = []
      for (let i = 0; i < TRIES; i++) {
        const { heapUsed } = await server.tally()
        if (heapUsed <= first * MOST) return
        heaps.push(heapUsed)
        await delay(100)
      }
      assert.fail(`${first} bytes after ${FEW} requests, ${Math.min(...heaps)} after ${MANY}`)
    })
  }
})

async function serverOf(t: TestContext, env: Record<string, string>): Promise<ServerProcess> {
  const collector = await serveAt(t, (req, res) => {
    req.resume().on('end', () => res.end('{}'))
  })
  const { args, cwd, env: toSink } = ours('', 1, env)
  const server = await ServerProcess.start({
    args: ['--expose-gc', ...args],
    cwd,
    env: { DOWNSTREAM_URL: collector, ...toSink(collector) },
    core: undefined,
  })
  t.after(() => server.kill())
  return server
}

/** Sends so many requests, each as soon as the one before it on its connection is answered. */
async function ask({ url }: ServerProcess, requests: number): Promise<void> {
  const each = requests / CONNECTIONS
  await Promise.all(
    Array.from({ length: CONNECTIONS }, async () => {
      const connection = await Connection.open(new URL('/echo', url))
      for (let i = 0; i < each; i++) {
        await new Promise<void>((resolve, reject) => {
          connection.get((error) => (error ? reject(error) : resolve()))
        })
      }
      connection.close()
    }),
  )
}

/** After a forced collection, once it gets no smaller: what was to be sent is sent by then. */
async function smallestHeap(server: ServerProcess): Promise<number> {
  let smallest = Number.POSITIVE_INFINITY
  for (let same = 0; same < 5; same++) {
    const { heapUsed } = await server.tally()
    if (heapUsed < smallest * 0.999) same = 0
    smallest = Math.min(smallest, heapUsed)
    await delay(100)
  }
  return smallest
}
