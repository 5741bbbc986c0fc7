import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { TestContext } from 'node:test'

type Answers = Readonly<Record<string, unknown>>

/** Serves JSON by path on a free port and returns its base URL; what it does not know is Jaeger's 404. */
export function fakeBackend(t: TestContext, answers: Answers): Promise<string> {
  return listen(t, (request, response) => {
    const path = (request.url ?? '').replace(/\?.*/, '')
    const answer = answers[path]
    response.statusCode = answer === undefined ? 404 : 200
    response.end(JSON.stringify(answer ?? { error: { httpCode: 404, message: 'No traces found' } }))
  })
}

/** Listens on a free loopback port until the test ends and returns the base URL. */
export async function listen(t: TestContext, listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.after(() => {
    server.close()
    server.closeAllConnections()
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('a TCP server has a port')
  return `http://127.0.0.1:${address.port}`
}
