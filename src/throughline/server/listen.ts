import { once } from 'node:events'
import type { Server } from 'node:http'

/** Why it cannot listen, by the system's code. */
const WHY = new Map([
  ['EADDRINUSE', 'it is in use; stop what uses it, or set PORT to another (0 picks a free one)'],
  ['EACCES', 'it needs more rights than this user has; set PORT to 1024 or above'],
  ['EADDRNOTAVAIL', 'this machine has no such address; correct HOST or leave it out'],
  ['ENOTFOUND', 'there is no such host; correct HOST or leave it out'],
])

/** Listens, and gives the port; rejects with an error that says what to do where it cannot. */
export async function listen(server: Server, port: number, host?: string): Promise<number> {
  server.listen(port, host)
  try {
    await once(server, 'listening')
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : ''
    const at = host === undefined ? `port ${port}` : `port ${port} of ${host}`
    throw new Error(`cannot listen on ${at}: ${WHY.get(code) ?? cause}`, { cause })
  }
  return portOf(server) ?? port
}

/** The port that it listens on; undefined before it does. */
export function portOf(server: Server): number | undefined {
  const address = server.address()
  return typeof address === 'object' && address !== null ? address.port : undefined
}
