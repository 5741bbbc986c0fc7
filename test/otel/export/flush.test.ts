import assert from 'node:assert/strict'
import { once } from 'node:events'
import { get, request, type ServerResponse } from 'node:http'
import { test } from 'node:test'
import { setImmediate as turn } from 'node:timers/promises'
import { flush } from '../../../otel/export/flush.ts'
import { destinationOf } from '../../../otel/settings/destination.ts'
import { otelVariables } from '../../../otel/settings/variables.ts'
import { parseEnvironment } from '../../../src/throughline/settings/environment.ts'
import { exportInProcess, serveAt } from '../export-in-process.ts'

/** The second that a flush takes at the most once its export is known to fail. */
const FAILING_MS = 1000
const HOUR_MS = 3_600_000

test('a call of the app that fails during the last flush does not cut the flush short, whatever host it was to', async (t) => {
  const held = Promise.withResolvers<ServerResponse>()
  const url = await serveAt(t, (incoming, response) => {
    if (incoming.url === '/v1/traces') held.resolve(response)
    else if (incoming.url === '/failing') response.writeHead(503).end()
    else incoming.socket.resetAndDestroy()
  })
  const env = { OTEL_EXPORTER_OTLP_ENDPOINT: url, OTEL_EXPORTER_OTLP_TIMEOUT: String(HOUR_MS) }
  const { spans, lines } = exportInProcess(t, env)
  const { end, health, forceFlush, shutdown } = spans()
  const destination = destinationOf('traces', parseEnvironment(otelVariables, env))
  end('last')
  t.mock.timers.enable({ apis: ['setTimeout'] })
  const over = flush({ destination, health, forceFlush, shutdown }, HOUR_MS)
  const response = await held.promise

  await once(request('http://127.0.0.1:1').end(), 'error')
  await once(get(`${url}/reset`), 'error')
  const [failed] = await once(get(`${url}/failing`), 'response')
  failed.resume()
  await once(failed, 'end')
  await turn()
  t.mock.timers.tick(FAILING_MS)
  await turn()
  response.end()
  await over

  assert.deepEqual([health.lost, health.unsent, lines], [0, 0, []])
})
