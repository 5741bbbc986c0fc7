import { once } from 'node:events'
import { createServer } from 'node:net'

export interface HeldPort {
  /** `127.0.0.1:port` */
  address: string
  release(): Promise<void>
}

/** Takes a free loopback port, so that the next one held differs, until it is released to the process it is meant for. */
export async function holdPort(): Promise<HeldPort> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const bound = server.address()
  if (bound === null || typeof bound === 'string') throw new Error('a TCP server has a port')
  return {
    address: `127.0.0.1:${bound.port}`,
    async release() {
      server.close()
      await once(server, 'close')
    },
  }
}
