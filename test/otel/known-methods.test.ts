import assert from 'node:assert/strict'
import { test } from 'node:test'
import { otelVariables } from '../../otel/settings/variables.ts'
import { BadEnvironment } from '../../src/throughline/settings/bad-environment.ts'
import { parseEnvironment } from '../../src/throughline/settings/environment.ts'
import { serve, tracedServers } from './traced-servers.ts'

const given = (list: string) =>
  parseEnvironment(otelVariables, { OTEL_INSTRUMENTATION_HTTP_KNOWN_METHODS: list })
    .OTEL_INSTRUMENTATION_HTTP_KNOWN_METHODS

const { spansThat } = tracedServers({ knownMethods: given(' PROPFIND, GET,') })

test('OTEL_INSTRUMENTATION_HTTP_KNOWN_METHODS takes the place of the methods that are known', async (t) => {
  const { url } = await serve(t, (_req, res) => res.end())
  for (const method of ['PROPFIND', 'GET', 'POST']) await fetch(url, { method })
  const spans = await spansThat(() => true, 3)
  assert.deepEqual(
    spans.map(({ name, attributes }) => [name, attributes['http.request.method']]),
    [
      ['PROPFIND', 'PROPFIND'],
      ['GET', 'GET'],
      ['HTTP', '_OTHER'],
    ],
  )
})

test('what cannot be a method is refused, and the case of one counts', () => {
  assert.throws(() => given('GET POST'), BadEnvironment)
  assert.deepEqual(given('get'), ['get'])
})
