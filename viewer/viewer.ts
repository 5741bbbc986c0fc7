import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { Server as NetServer } from 'node:net'
import type { Logger } from 'pino'
import Router from 'router'
import { portOf } from '../src/throughline/server/listen.ts'
import { createFileRoutes } from './files/file-routes.ts'
import { type Opened, openInto } from './files/open.ts'
import { readOtlpFile } from './files/read-otlp.ts'
import { type Allowed, ownOnly, strictHeaders } from './http/guard.ts'
import { lastAnswer } from './http/last-answer.ts'
import { liveUpdates } from './pages/live.ts'
import { createPages } from './pages/pages.ts'
import { createQueryApi } from './query/query-api.ts'
import { createReceiver } from './receiver/receiver.ts'
import { type ReceiverLimits, withDefaults } from './receiver/receiver-limits.ts'
import { Store } from './store/store.ts'

/** Where OTLP is taken over gRPC; where it is not needed, the viewer does without if another has the port. */
export interface GrpcPort {
  port: number
  needed: boolean
}

export interface ViewerOptions extends ReceiverLimits {
  uiPort?: number
  otlpPort?: number
  grpc?: GrpcPort
  /** A file of SQLite's, or `:memory:`. */
  db?: string
  maxSpans?: number
  /** Files of saved traces, opened at the start. */
  files?: readonly string[]
  logger?: Logger
}

export interface OpenedFile extends Opened {
  file: string
}

export interface Viewer {
  /** The base URLs of the pages with the query API, and of the OTLP receiver. */
  ui: string
  otlp: string
  /** The same of the OTLP/gRPC receiver; undefined where there is none. */
  grpc: string | undefined
  /** Why there is none, although it was tried. */
  noGrpc: string | undefined
  /** What came of the files that were opened, in their order. */
  opened: OpenedFile[]
  /** Ends all servers and the store; answers in progress are finished, live updates are not. */
  close(): Promise<void>
}

/* What data meets on its way: receiver/ and files/ take it in, store/ keeps it, query/ and pages/ answer with it. */

/**
 * Starts the viewer on 127.0.0.1, with gRPC where it is asked for; port 0 picks a free one. Rejects with an Error that
 * says which port is taken or what is wrong with a file.
 *
 * @example const viewer = await startViewer({ uiPort: 0, otlpPort: 0 })
 */
export async function startViewer(options: ViewerOptions = {}): Promise<Viewer> {
  const { uiPort = 16_686, otlpPort = 4318, db = ':memory:', maxSpans = 200_000 } = options
  // A file that cannot be read ends it before it has begun.
  const contents = (options.files ?? []).map((file) => ({ file, content: readOtlpFile(file) }))
  const store = new Store({ file: db, maxSpans })
  const { logger } = options
  store.disk.on('full', ({ message }) => logger?.error({ reason: message }, 'cannot store'))
  store.disk.on('room', () => logger?.info({ file: db }, 'can store again'))
  const ends: Ends = []
  const live = liveUpdates(store)
  const end = async () => {
    live.end()
    await Promise.all(ends.map((close) => close()))
    store.close()
  }
  let ended: Promise<void> | undefined
  const close = () => {
    ended ??= end()
    return ended
  }
  try {
    const opened = contents.map(({ file, content }) => ({ file, ...openInto(store, content) }))
    const limits = { ...options, held: withDefaults(options).held }
    const ui = await serve(createUi(store, live.router, options), uiPort, '--ui-port', ends)
    const otlp = await serve(createReceiver(store, limits), otlpPort, '--otlp-port', ends)
    return { ui, otlp, ...(await serveGrpc(store, limits, ends)), opened, close }
  } catch (error) {
    await close()
    throw error
  }
}

/** Its pages are its own: no other origin may ask, whichever may send. */
function createUi(store: Store, live: Router.Router, { allowHosts = [] }: Allowed): Router.Router {
  const router = Router()
  const routes = [createQueryApi(store), live, createFileRoutes(store), createPages(store)]
  return router.use(ownOnly({ allowHosts }), strictHeaders, routes)
}

type Ends = (() => Promise<void>)[]

async function serve(router: Router.Router, port: number, option: string, ends: Ends) {
  const server = createServer((request, response) =>
    router(request, response, lastAnswer(response)),
  )
  const url = await listen(server, port, option)
  ends.push(() => closed(server))
  return url
}

async function serveGrpc(
  store: Store,
  { grpc, ...limits }: ViewerOptions,
  ends: Ends,
): Promise<Pick<Viewer, 'grpc' | 'noGrpc'>> {
  if (grpc === undefined) return { grpc: undefined, noGrpc: undefined }
  // It takes longer to load than all the rest.
  const { createGrpcReceiver } = await import('./receiver/grpc.ts')
  const { server, drain } = createGrpcReceiver(store, limits)
  try {
    const url = await listen(server, grpc.port, '--grpc-port')
    ends.push(async () => {
      server.close()
      drain(lastMoment)
      await once(server, 'close')
    })
    return { grpc: url, noGrpc: undefined }
  } catch (error) {
    if (grpc.needed || !(error instanceof Error)) throw error
    return { grpc: undefined, noGrpc: error.message }
  }
}

async function listen(server: NetServer, port: number, option: string): Promise<string> {
  server.listen(port, '127.0.0.1')
  try {
    await once(server, 'listening')
  } catch (error) {
    const taken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'
    const reason = taken ? 'the port is in use' : error
    throw new Error(
      `cannot listen on 127.0.0.1:${port}: ${reason}; end what has it or give another ${option} (0 picks a free one)`,
      { cause: error },
    )
  }
  return `http://127.0.0.1:${portOf(server)}`
}

/** How long a request in progress may take to end, in milliseconds. */
const lastMoment = 1000

async function closed(server: Server): Promise<void> {
  server.close()
  setTimeout(() => server.closeAllConnections(), lastMoment).unref()
  await once(server, 'close')
}
