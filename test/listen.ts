import { once } from 'node:events'
import type { Server } from 'node:http'
import { portOf } from '../src/throughline/server/listen.ts'

/** Listens on a free port of loopback, and gives the port. */
export async function listen(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return portOf(server) ?? 0
}
