import assert from 'node:assert/strict'
import { test } from 'node:test'
import { context } from '@opentelemetry/api'
import { RPCType, setRPCMetadata } from '@opentelemetry/core'
import { startApp } from './start-app.ts'
import { traceInProcess } from './trace-in-process.ts'

test('where each layer of the app has a span, what is said of a request is said of its server span', async (t) => {
  const { tracer, spans } = traceInProcess(t)
  const { url, waitForLine } = await startApp(t, {
    // As the instrumentations of http and express have it in another SDK.
    around: (app) => (req, res) =>
      tracer.startActiveSpan('server', (span) => {
        res.on('close', () => span.end())
        const served = setRPCMetadata(context.active(), { type: RPCType.HTTP, span })
        context.with(served, () =>
          tracer.startActiveSpan('middleware', (layer) => {
            app(req, res)
            layer.end()
          }),
        )
      }),
  })

  const answer = await fetch(`${url}/boom`, { headers: { 'x-correlation-id': 'boom-777' } })
  const failed = await waitForLine('request failed')
  await waitForLine('request completed')

  const server = spans().find(({ name }) => name === 'server')
  const { traceId, spanId } = server?.spanContext() ?? {}
  assert.equal(server?.attributes['correlation.id'], 'boom-777')
  assert.equal(server.events[0]?.attributes?.['exception.message'], 'downstream exploded')
  assert.equal(failed.span_id, spanId)
  assert.equal(answer.headers.get('server-timing'), `traceparent;desc="00-${traceId}-${spanId}-01"`)
})
