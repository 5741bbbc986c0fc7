import assert from 'node:assert/strict'
import { once } from 'node:events'
import {
  Agent,
  type ClientRequest,
  createServer,
  type IncomingMessage,
  type RequestOptions,
  request,
} from 'node:http'
import { type TestContext, test } from 'node:test'
import { runWithContext } from '../../../../src/throughline/identity/context.ts'
import { propagateCorrelation } from '../../../../src/throughline/outbound/outbound.ts'
import { listen } from '../../../listen.ts'

propagateCorrelation()

test('what is repeated after a timeout leaves with its own id, also on a connection that another call opened', async (t) => {
  const { port, received } = await startDownstream(t)
  const agent = new Agent({ keepAlive: true, maxSockets: 1, timeout: 100 })
  t.after(() => agent.destroy())
  await inRequest('first', () => answerTo(request({ port, agent, path: '/' }).end()))

  const { promise, resolve, reject } = Promise.withResolvers<ClientRequest>()
  inRequest('second', () => {
    const hanging = request({ port, agent, path: '/hangs' }).end()
    hanging.once('timeout', () => {
      hanging.destroy()
      resolve(request({ port, agent, path: '/' }).end())
    })
    hanging.once('error', reject)
  })
  await answerTo(await promise)

  assert.deepEqual(received, ['first', 'second', 'second'])
})

const ON_THEIR_WAY: Record<string, RequestOptions['headers']> = {
  'given as an array': ['Host', 'localhost', 'X-Own', 'own'],
  'with Expect': { Expect: '100-continue', 'X-Own': 'own' },
}

for (const [how, headers] of Object.entries(ON_THEIR_WAY)) {
  test(`headers that are on their way when the call is created go out as they are: ${how}`, async (t) => {
    const { port, received } = await startDownstream(t)

    const call = inRequest('abc-123', () => request({ port, headers, agent: false }))
    assert.equal(call.headersSent, true)
    const response = await answerTo(call.end())

    assert.equal(response.headers['x-own'], 'own')
    assert.deepEqual(received, [undefined])
  })
}

/** The ids that it is called with, in order; it never answers `/hangs`. */
async function startDownstream(t: TestContext) {
  const received: unknown[] = []
  const server = createServer((req, res) => {
    received.push(req.headers['x-correlation-id'])
    if (req.url !== '/hangs') res.setHeader('x-own', req.headers['x-own'] ?? '').end()
  })
  t.after(() => {
    server.close()
    server.closeAllConnections()
  })
  return { port: await listen(server), received }
}

function inRequest<T>(correlationId: string, fn: () => T): T {
  return runWithContext({ correlationId, startedAt: Date.now() }, fn)
}

/** The answer, when all of it has come. */
async function answerTo(call: ClientRequest): Promise<IncomingMessage> {
  const [response]: IncomingMessage[] = await once(call, 'response')
  if (response === undefined) throw new Error('no response')
  await once(response.resume(), 'end')
  return response
}
