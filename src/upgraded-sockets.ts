import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'

/** The sockets that are no longer HTTP, such as WebSockets; a server that closes would wait for them. */
export interface UpgradedSockets {
  /** Ends each, with what was written to it sent. */
  end(): void
}

/** Follows the sockets that `server` hands over from now on. */
export function upgradedSockets(server: Server): UpgradedSockets {
  const open = new Set<Duplex>()
  for (const event of ['upgrade', 'connect']) {
    besides(server, event, (_req, socket) => {
      open.add(socket)
      socket.once('close', () => open.delete(socket))
    })
  }
  return {
    end() {
      for (const socket of open) socket.end(() => socket.destroy())
    },
  }
}

/** Listens once somebody else does: Node refuses or answers by itself what has no listener. */
function besides(
  server: Server,
  event: string,
  listener: (req: IncomingMessage, socket: Duplex) => void,
): void {
  if (server.listenerCount(event) > 0) {
    server.prependListener(event, listener)
    return
  }
  server.on('newListener', function onNew(name) {
    if (name !== event) return
    server.off('newListener', onNew)
    server.prependListener(event, listener)
  })
}
