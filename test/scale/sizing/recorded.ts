import { once } from 'node:events'
import { createServer } from 'node:http'
import { text } from 'node:stream/consumers'
import type { TestContext } from 'node:test'
import { startApp } from '../../e2e/app-process.ts'
import { listen } from '../../listen.ts'

/** One export of the app's, as it left: OTLP in JSON. */
export interface Recorded {
  body: string
  spans: number
}

/** As many spans as the app sends at once by default. */
const BATCH = 512

/** What the app exports of `GET /work`, one span a request, in a full batch. */
export async function recordExport(t: TestContext): Promise<Recorded> {
  const { promise, resolve } = Promise.withResolvers<Recorded>()
  const sink = createServer(async (req, res) => {
    const body = await text(req)
    res.setHeader('content-type', 'application/json').end('{}')
    const spans = body.split('"spanId"').length - 1
    if (spans === BATCH) resolve({ body, spans })
  })
  const port = await listen(sink)
  t.after(async () => {
    sink.close()
    sink.closeAllConnections()
    await once(sink, 'close')
  })
  const app = await startApp(t, {
    env: {
      OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}`,
      OTEL_BSP_SCHEDULE_DELAY: '60000',
    },
  })
  const lane = async () => {
    for (let i = 0; i < BATCH / 16; i++) await (await fetch(`${app.url}/work`)).text()
  }
  await Promise.all(Array.from({ length: 16 }, lane))
  const recorded = await promise
  await app.stop()
  return recorded
}
