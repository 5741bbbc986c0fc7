import { createServer, type RequestListener } from 'node:http'
import type { TestContext } from 'node:test'
import { listen as listenOnLoopback } from '../listen.ts'

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
  const server = createServer(listener)
  const port = await listenOnLoopback(server)
  t.after(() => {
    server.close()
    server.closeAllConnections()
  })
  return `http://127.0.0.1:${port}`
}
