import type { Server } from 'node:http'
import type { Logger } from '../log/lines.ts'

/** Why it cannot listen, by the system's code. */
const WHY = new Map([
  ['EADDRINUSE', 'it is in use; stop what uses it, or set PORT to another (0 picks a free one)'],
  ['EACCES', 'it needs more rights than this user has; set PORT to 1024 or above'],
  ['EADDRNOTAVAIL', 'this machine has no such address; correct HOST or leave it out'],
  ['ENOTFOUND', 'there is no such host; correct HOST or leave it out'],
])

/** Says on which port the server listens, once it does, or why it cannot, and what to do; the process ends then. */
export function announce(server: Server, logger: Logger): void {
  const listening = () => {
    server.off('error', refused)
    logger.info({ port: portOf(server) }, 'listening')
  }
  const refused = (error: ListenError) => {
    // Whoever listens for it as well may try another port.
    if (server.listenerCount('error') > 1) return
    logger.fatal(
      `cannot listen on ${placeOf(error)}: ${WHY.get(error.code ?? '') ?? error.message}`,
    )
    process.exit(1)
  }
  if (server.listening) listening()
  else server.once('listening', listening).on('error', refused)
}

/** Node's error of `listen`, with what it was asked for. */
interface ListenError extends NodeJS.ErrnoException {
  port?: number
  address?: string
  hostname?: string
}

function placeOf({ port, address, hostname }: ListenError): string {
  const host = hostname ?? address
  if (port === undefined || port < 0) return host ?? 'its address'
  return host === undefined || host === '::' ? `port ${port}` : `port ${port} of ${host}`
}

/** The port that it listens on; undefined before it does, and on a socket of the file system. */
export function portOf(server: Pick<Server, 'address'>): number | undefined {
  const address = server.address()
  return typeof address === 'object' && address !== null ? address.port : undefined
}
