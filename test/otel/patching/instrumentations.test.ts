import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type ClientRequest, get, type IncomingMessage, request } from 'node:http'
import { get as secureGet } from 'node:https'
import { test } from 'node:test'
import { SpanKind } from '@opentelemetry/api'
import { createInstrumentations } from '../../../otel/patching/instrumentations.ts'
import { patch } from '../../../otel/patching/patching.ts'
import { PSK_CLIENT } from '../../e2e/fixtures/psk.ts'
import { serve, tracedServers } from '../traced-servers.ts'

const { spansThat, durations } = tracedServers({ metrics: false })
const nobody = patch([])
const all = patch(createInstrumentations({ metrics: false, logs: false }))

test('undici counts as patched once it has got its listeners, and not before', () => {
  assert.deepEqual([nobody, all], [{ undici: false }, { undici: true }])
})

const secret = 'token=hunter2'
const calls: Record<string, (port: number, path: string) => ClientRequest> = {
  'a url with credentials': (port, path) => get(`http://u:hunter2@127.0.0.1:${port}${path}`),
  'a URL': (port, path) => get(new URL(`http://127.0.0.1:${port}${path}`)),
  options: (port, path) => request({ host: '127.0.0.1', port, path, auth: 'u:hunter2' }).end(),
  'a url and options': (port, path) => get(`http://127.0.0.1:${port}`, { path }),
}

for (const [by, call] of Object.entries(calls)) {
  test(`url.full of a node:http call by ${by} has neither query nor credentials`, async (t) => {
    const { port } = await serve(t, (_req, res) => res.end())
    await answered(call(port, `/called/by?${secret}`))
    await assertUrls(port, `http://127.0.0.1:${port}/called/by`)
  })
}

test('url.full of a node:https call has no query either, nor has a call that finds nobody', async (t) => {
  const { port, server } = await serve(t, (_req, res) => res.end(), { secure: true })
  const options = { ...PSK_CLIENT, host: '127.0.0.1', port, agent: false }
  const path = `/tls?${secret}`
  await answered(secureGet({ ...options, path }))
  server.close()
  await once(server, 'close')
  await once(get({ host: '127.0.0.1', port, path: `/nobody?${secret}` }), 'error')
  await assertUrls(port, `https://127.0.0.1:${port}/tls`, `http://127.0.0.1:${port}/nobody`)
})

test('url.full of a fetch has no query', async (t) => {
  const { url, port } = await serve(t, (_req, res) => res.end())
  await (await fetch(`${url}/fetched?${secret}`)).text()
  await assertUrls(port, `${url}/fetched`)
})

test('without metrics no duration is measured', async (t) => {
  const { url, port } = await serve(t, (_req, res) => res.end())
  await (await fetch(`${url}/unmeasured`)).text()
  await assertUrls(port, `${url}/unmeasured`)
  await spansThat(({ attributes }) => attributes['url.path'] === '/unmeasured')
  assert.deepEqual(await durations(), [])
})

async function answered(call: ClientRequest): Promise<void> {
  const [response]: IncomingMessage[] = await once(call, 'response')
  response?.resume()
}

/** Asserts that these are the urls of the calls to this port. */
async function assertUrls(port: number, ...urls: string[]): Promise<void> {
  const found = await spansThat(
    ({ kind, attributes }) => kind === SpanKind.CLIENT && attributes['server.port'] === port,
    urls.length,
  )
  assert.deepEqual(
    found.map(({ attributes }) => attributes['url.full']),
    urls,
  )
  assert.doesNotMatch(JSON.stringify(found.map(({ attributes }) => attributes)), /hunter2/)
}
