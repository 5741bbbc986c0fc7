import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { suite, test } from 'node:test'
import { autocannon } from '../../../bench/load/autocannon.ts'
import { requestsPerSecond, wrk } from '../../../bench/load/wrk.ts'
import { serveAt } from '../../otel/export-in-process.ts'

const REPORT = `Running 1s test @ http://127.0.0.1:4000/echo
  1 threads and 20 connections
  Thread Stats   Avg      Stdev     Max   +/- Stdev
    Latency   367.97us  135.92us   5.31ms   94.65%
    Req/Sec    53.91k     2.61k   57.37k    70.00%
  53620 requests in 1.00s, 11.40MB read
REST
Requests/sec:  53612.20
Transfer/sec:     11.40MB
`
const report = (rest: string) => REPORT.replace('REST\n', rest)

const LOADS = [
  { name: 'wrk', load: wrk, missing: spawnSync('wrk', ['--version']).error && 'install wrk' },
  {
    name: 'autocannon',
    load: autocannon,
    missing:
      !existsSync(new URL('../../../bench/node_modules/autocannon', import.meta.url)) &&
      'npm --prefix bench ci',
  },
]

suite("wrk's report", () => {
  test('gives requests a second', () => {
    assert.equal(requestsPerSecond(report('')), 53612.2)
  })

  test('with requests that failed gives none, since what fails fast would look fast', () => {
    assert.throws(
      () => requestsPerSecond(report('  Non-2xx or 3xx responses: 7\n')),
      /requests failed under load: Non-2xx or 3xx responses: 7/,
    )
    assert.throws(
      () => requestsPerSecond(report('  Socket errors: connect 0, read 3, write 0, timeout 0\n')),
      /requests failed under load: Socket errors: connect 0, read 3/,
    )
  })

  test('of something else is refused', () => {
    assert.throws(() => requestsPerSecond('unable to connect'), /no requests: unable to connect/)
  })
})

for (const { name, load, missing } of LOADS) {
  suite(`full load by ${name}`, { skip: missing || false }, () => {
    test('counts what a real server has answered', async (t) => {
      let requests = 0
      const url = await serveAt(t, (_req, res) => {
        requests++
        res.end()
      })
      const rate = await load({ url, connections: 2, seconds: 1, core: undefined })
      assert.ok(rate > 0 && rate <= requests, `${rate} a second of ${requests}`)
    })

    test('fails where the server answers with errors', async (t) => {
      const url = await serveAt(t, (_req, res) => res.writeHead(500).end())
      const run = load({ url, connections: 2, seconds: 1, core: undefined })
      await assert.rejects(run, /requests failed under load/)
    })
  })
}
