import { EventEmitter, once } from 'node:events'
import type { Server } from 'node:http'
import type { Duplex } from 'node:stream'

/** The connections of a server that have left HTTP, such as WebSockets: they hold it open for as long as they like. */
export interface UpgradedSockets {
  /** Resolves when the server has no other connection. */
  alone(): Promise<void>
  /** Ends each as soon as what is written to it is sent; resolves when all are closed. */
  end(): Promise<void>
  cutOff(): void
}

/** Follows the upgraded sockets of `server` from now on. */
export function upgradedSockets(server: Server): UpgradedSockets {
  const sockets = new Set<Duplex>()
  const changes = new EventEmitter()
  server.on('connection', (socket) => socket.once('close', () => changes.emit('change')))
  onUpgrade(server, (_req, socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
    changes.emit('change')
  })

  return {
    async alone() {
      for (;;) {
        const change = once(changes, 'change')
        if ((await connectionsOf(server)) <= sockets.size) return
        await change
      }
    },
    async end() {
      await Promise.all([...sockets].map(end))
    },
    cutOff() {
      for (const socket of sockets) socket.destroy()
    },
  }
}

const onlookers = new WeakSet<object>()

/** Whether a listener for upgrades or tunnels only looks on, and takes none. */
export function isOnlooker(listener: object): boolean {
  return onlookers.has(listener)
}

/**
 * Calls `listener` on upgrades and tunnels, while somebody else listens for them: without any listener Node answers
 * such a request like any other, so that it must not find one that only looks on.
 */
function onUpgrade(
  server: Server,
  listener: (req: unknown, socket: Duplex, head: unknown) => void,
): void {
  onlookers.add(listener)
  const follow = (name: string | symbol, added?: unknown) => {
    if (!isUpgrade(name) || added === listener || server.listeners(name).includes(listener)) return
    server.on(name, listener)
  }
  server.on('newListener', follow)
  server.on('removeListener', (name) => {
    if (isUpgrade(name) && server.listenerCount(name) === 1) server.off(name, listener)
  })
  for (const name of ['upgrade', 'connect']) if (server.listenerCount(name) > 0) follow(name)
}

function isUpgrade(name: string | symbol): name is 'upgrade' | 'connect' {
  return name === 'upgrade' || name === 'connect'
}

function connectionsOf(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.getConnections((error, count) => (error ? reject(error) : resolve(count)))
  })
}

async function end(socket: Duplex): Promise<void> {
  if (socket.closed) return
  const closed = new Promise((resolve) => socket.once('close', resolve))
  socket.on('error', () => {}) // its user may have left it already
  socket.end(() => socket.destroy())
  await closed
}
