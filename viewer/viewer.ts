import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import Router from 'router'
import { createFileRoutes } from './files/file-routes.ts'
import { type Opened, openInto } from './files/open.ts'
import { readOtlpFile } from './files/read-otlp.ts'
import { loopbackOnly, strictHeaders } from './http/guard.ts'
import { lastAnswer } from './http/last-answer.ts'
import type { ViewerOptions } from './options.ts'
import { liveUpdates } from './pages/live.ts'
import { createPages } from './pages/pages.ts'
import { createQueryApi } from './query/query-api.ts'
import { createReceiver, type ReceiverLimits } from './receiver/receiver.ts'
import { Store } from './store/store.ts'

export interface OpenedFile extends Opened {
  file: string
}

export interface Viewer {
  /** The base URLs of the pages with the query API, and of the OTLP receiver. */
  ui: string
  otlp: string
  /** What came of the files that were opened, in their order. */
  opened: OpenedFile[]
  /** Ends both servers and the store; answers in progress are finished, live updates are not. */
  close(): Promise<void>
}

/**
 * Starts the viewer on 127.0.0.1; port 0 picks a free one. Rejects with an Error that says which port is
 * taken or what is wrong with a file.
 *
 * @example const viewer = await startViewer({ uiPort: 0, otlpPort: 0 })
 */
export async function startViewer(
  options: Partial<ViewerOptions> & ReceiverLimits = {},
): Promise<Viewer> {
  const { uiPort = 16_686, otlpPort = 4318, db = ':memory:', maxSpans = 200_000 } = options
  // A file that cannot be read ends it before it has begun.
  const contents = (options.files ?? []).map((file) => ({ file, content: readOtlpFile(file) }))
  const store = new Store({ file: db, maxSpans })
  const servers: Server[] = []
  const live = liveUpdates(store)
  const end = async () => {
    live.end()
    await Promise.all(servers.map(closed))
    store.close()
  }
  let ended: Promise<void> | undefined
  const close = () => {
    ended ??= end()
    return ended
  }
  try {
    const opened = contents.map(({ file, content }) => ({ file, ...openInto(store, content) }))
    const ui = await listen(createUi(store, live.router), uiPort, '--ui-port', servers)
    const otlp = await listen(createReceiver(store, options), otlpPort, '--otlp-port', servers)
    return { ui, otlp, opened, close }
  } catch (error) {
    await close()
    throw error
  }
}

function createUi(store: Store, live: Router.Router): Router.Router {
  const router = Router()
  const routes = [createQueryApi(store), live, createFileRoutes(store), createPages(store)]
  return router.use(loopbackOnly, strictHeaders, routes)
}

async function listen(router: Router.Router, port: number, option: string, servers: Server[]) {
  const server = createServer((request, response) =>
    router(request, response, lastAnswer(response)),
  )
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
  servers.push(server)
  return `http://127.0.0.1:${portOf(server)}`
}

function portOf(server: Server): number {
  const address: AddressInfo | string | null = server.address()
  if (address === null || typeof address === 'string') throw new Error('the server has no port')
  return address.port
}

/** How long a request in progress may take to end, in milliseconds. */
const lastMoment = 1000

async function closed(server: Server): Promise<void> {
  server.close()
  server.closeIdleConnections()
  setTimeout(() => server.closeAllConnections(), lastMoment).unref()
  await once(server, 'close')
}
