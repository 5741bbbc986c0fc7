import { once } from 'node:events'
import type { Server } from 'node:http'
import { portOf } from '../../src/throughline/server/listen.ts'

/** What a server under measurement tells whoever started it, once it listens and whenever it is asked. */
export interface Tally {
  port: number
  /** Requests that have arrived so far. */
  requests: number
  /** Processor time of all its threads so far, in microseconds. */
  cpuMicros: number
  /** Resident memory, in bytes. */
  rss: number
  /** Of JavaScript's heap, in bytes; what is garbage is left out where Node was started with --expose-gc. */
  heapUsed: number
}

/** Listens on a free port and tells its tally over the IPC channel; ends with whoever started it. */
export async function serve(server: Server): Promise<void> {
  let requests = 0
  server.on('request', () => {
    requests++
  })
  // A connection waits while its server is held, and is still to be there afterwards.
  server.keepAliveTimeout = 0
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const port = portOf(server) ?? 0
  const tell = () => {
    const { user, system } = process.cpuUsage()
    globalThis.gc?.()
    const { rss, heapUsed } = process.memoryUsage()
    const cpuMicros = user + system
    process.send?.({ port, requests, cpuMicros, rss, heapUsed } satisfies Tally)
  }
  process.on('message', tell)
  process.on('disconnect', () => process.exit())
  if (process.connected) tell()
  else process.exit()
}
