import type { Server, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'

/** The answers that a server's clients are waiting for. */
export interface OpenAnswers {
  /** How many connections are remembered. */
  readonly size: number
  /** Makes each the last on its connection, which would stay open otherwise until it has been idle for long. */
  makeLast(): void
  /** Resolves when all are over: sent, or cut off. */
  over(): Promise<void>
}

/** Follows the answers of `server` from now on. */
export function openAnswers(server: Server): OpenAnswers {
  // One a connection, the latest: where requests are pipelined, only the last of them may close it.
  const latest = new Map<Socket, ServerResponse>()
  server.on('request', ({ socket }, res) => {
    // The request's own socket: what an HTTPS server calls a connection is the one below it.
    if (!latest.has(socket)) socket.once('close', () => latest.delete(socket))
    latest.set(socket, res)
  })

  return {
    get size() {
      return latest.size
    },
    makeLast() {
      for (const [socket, res] of latest) {
        if (!res.headersSent) res.setHeader('Connection', 'close')
        else if (!res.writableFinished) res.once('finish', () => socket.destroySoon())
      }
    },
    async over() {
      await Promise.all([...latest.values()].map(closed))
    },
  }
}

function closed(res: ServerResponse): Promise<void> | undefined {
  if (res.closed) return undefined
  return new Promise((resolve) => res.once('close', () => resolve()))
}
