import { once } from 'node:events'
import { createServer } from 'node:http'
import { portOf } from '../../src/throughline/server/listen.ts'

/** `wanted` where a server can listen on it, else a port that is free; no host means all interfaces. */
export async function freePort(wanted: number, host?: string): Promise<number> {
  try {
    return await tryPort(wanted, host)
  } catch (error) {
    if (wanted === 0 || !isNotOurs(error)) throw error
    return tryPort(0, host)
  }
}

/** What is to be said of the port on which the app listens in the end, where it is not the one that was wanted. */
export function portRemarks(wanted: number, port: number): string[] {
  if (wanted === 0 || wanted === port) return []
  return [`Port ${wanted} is taken: the app listens on ${port} instead.`]
}

async function tryPort(port: number, host: string | undefined): Promise<number> {
  const server = createServer().listen(port, host)
  await once(server, 'listening')
  const found = portOf(server)
  server.close()
  await once(server, 'close')
  return found ?? port
}

/** Taken by another process, or kept for root. */
function isNotOurs(error: unknown): boolean {
  if (!(error instanceof Error) || !('code' in error)) return false
  return error.code === 'EADDRINUSE' || error.code === 'EACCES'
}
