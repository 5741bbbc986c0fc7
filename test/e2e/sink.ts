import { EventEmitter, once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import type { TestContext } from 'node:test'
import { setImmediate as turn } from 'node:timers/promises'
import { createGunzip } from 'node:zlib'
import { listen } from '../listen.ts'
import { type ReceivedRecord, type ReceivedSpan, recordsOf, spansOf } from './otlp-request.ts'

/**
 * What the collector does: takes everything; resets each connection; never answers; answers 503; or takes an export
 * and says that it rejected one item of it.
 */
export type Behaviour = 'ok' | 'refuse' | 'hang' | 503 | 'partialSuccess'

interface ReceivedExport {
  path: string
  headers: IncomingMessage['headers']
}

/** A collector in memory: OTLP over HTTP in JSON, on a free port until the end of the test. */
export async function startSink(t: TestContext) {
  const spans: ReceivedSpan[] = []
  const records: ReceivedRecord[] = []
  const exports: ReceivedExport[] = []
  const arrivals = new EventEmitter().setMaxListeners(0)
  const open = new Set<ServerResponse>()
  let behaviour: Behaviour = 'ok'
  let maxInFlight = 0
  let refused = 0

  async function receive(req: IncomingMessage, res: ServerResponse): Promise<void> {
    open.add(res)
    res.once('close', () => open.delete(res))
    await turn() // a client that gave up on the one before has closed it by now
    maxInFlight = Math.max(maxInFlight, open.size)
    const zipped = req.headers['content-encoding'] === 'gzip'
    const body = await text(zipped ? req.pipe(createGunzip()) : req).catch(() => undefined)
    if (body === undefined) return // the client went away in the middle of it
    exports.push({ path: req.url ?? '', headers: req.headers })
    if (res.destroyed) return
    if (behaviour === 503) res.writeHead(503).end()
    else if (behaviour !== 'hang') take(req.url?.split('?')[0] ?? '', body, res)
    arrivals.emit('news')
  }

  /** Takes an export; all but its first item in `partialSuccess`. */
  function take(path: string, body: string, res: ServerResponse): void {
    const rejected = behaviour === 'partialSuccess' ? 1 : 0
    if (path === '/v1/traces') spans.push(...spansOf(body).slice(rejected))
    if (path === '/v1/logs') records.push(...recordsOf(body).slice(rejected))
    const field = path === '/v1/logs' ? 'rejectedLogRecords' : 'rejectedSpans'
    const partialSuccess = { [field]: rejected, errorMessage: 'one too many' }
    res.setHeader('Content-Type', 'application/json')
    res.end(JSON.stringify(rejected > 0 ? { partialSuccess } : {}))
  }

  const server = createServer(receive)
  server.on('connection', (socket) => {
    if (behaviour !== 'refuse') return
    socket.resetAndDestroy()
    refused++
    arrivals.emit('news')
  })
  const port = await listen(server)
  t.after(async () => {
    server.close()
    server.closeAllConnections()
    await once(server, 'close')
  })

  async function until(isThere: () => boolean): Promise<void> {
    while (!isThere()) await once(arrivals, 'news')
  }

  return {
    url: `http://127.0.0.1:${port}`,
    spans,
    records,
    /** Every export that arrived, whatever came of it. */
    exports,
    get maxInFlight() {
      return maxInFlight
    },
    /** How many connections it has reset. */
    get refused() {
      return refused
    },
    /** From now on the collector behaves so; connections that are open do not outlive a `refuse`. */
    behave(next: Behaviour): void {
      behaviour = next
      if (next === 'refuse') server.closeAllConnections()
    },
    /** Resolves as soon as `isThere` holds for the spans that have arrived. */
    async waitForSpans(isThere: (spans: readonly ReceivedSpan[]) => boolean): Promise<void> {
      await until(() => isThere(spans))
    },
    /** Resolves as soon as `isThere` holds: it is asked at each export and each refusal. */
    until,
  }
}

export type Sink = Awaited<ReturnType<typeof startSink>>
