import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import { portOf } from '../../src/throughline/server/listen.ts'
import { countSpans, type Export } from './count-spans.ts'

/** What has come to a sink so far. */
export interface Received {
  spans: number
  /** Of all bodies as they came over the wire, compressed or not, those without spans too. */
  bytes: number
  exports: number
}

/** Takes what a variant exports, whatever its protocol, and counts it. */
export interface Sink {
  url: string
  /** Counts what has come so far; that takes time, and so is done when asked and not while a server is measured. */
  received(): Received
  /** Resolves once no export has been on its way for `quietMs`; after `patienceMs` all the same. */
  quiet(quietMs: number, patienceMs?: number): Promise<void>
  close(): void
}

/** Whoever goes on sending is not waited for longer than this, in milliseconds. */
const PATIENCE_MS = 5000

/** A collector, a Datadog agent and a Sentry in one, that says yes to everything; on a free port. */
export async function startSink(): Promise<Sink> {
  const total = { spans: 0, bytes: 0, exports: 0 }
  let uncounted: Export[] = []
  let onTheWay = 0
  let lastEnd = 0

  function receive(req: IncomingMessage, res: ServerResponse): void {
    const chunks: Buffer[] = []
    onTheWay++
    res.on('close', () => {
      onTheWay--
      lastEnd = performance.now()
    })
    req.on('data', (chunk: Buffer) => chunks.push(chunk))
    req.on('end', () => {
      const { url = '', headers } = req
      const contentType = headers['content-type'] ?? ''
      const gzipped = headers['content-encoding'] === 'gzip'
      uncounted.push({ path: pathOf(url), contentType, gzipped, body: Buffer.concat(chunks) })
      answer(res, contentType)
    })
  }

  const server = createServer(receive)
  // A client that is held between two rounds finds its connection again.
  server.keepAliveTimeout = 0
  server.requestTimeout = 0
  server.headersTimeout = 0
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')

  return {
    url: `http://127.0.0.1:${portOf(server)}`,
    received() {
      for (const one of uncounted) {
        total.spans += countSpans(one)
        total.bytes += one.body.length
        total.exports++
      }
      uncounted = []
      return { ...total }
    },
    async quiet(quietMs, patienceMs = PATIENCE_MS) {
      const end = performance.now() + patienceMs
      const isQuiet = () => onTheWay === 0 && performance.now() - lastEnd >= quietMs
      do await delay(quietMs)
      while (!isQuiet() && performance.now() < end)
    },
    close() {
      server.close()
      server.closeAllConnections()
    },
  }
}

/** Success by OTLP: an empty message of the same kind; the others take that too. */
function answer(res: ServerResponse, contentType: string): void {
  const protobuf = contentType.includes('protobuf')
  res.setHeader('Content-Type', protobuf ? 'application/x-protobuf' : 'application/json')
  res.end(protobuf ? '' : '{}')
}

function pathOf(url: string): string {
  return url.split('?', 1)[0] ?? url
}
