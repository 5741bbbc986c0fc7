import { once } from 'node:events'
import { createServer } from 'node:net'

/**
 * Free loopback addresses, `127.0.0.1:port`, one a name. Out of the range that outgoing connections take theirs from:
 * one of them would have the port before a part is there, or while it is away.
 */
export async function freeAddresses<Name extends string>(
  ...names: Name[]
): Promise<Record<Name, string>>
export async function freeAddresses(...names: string[]): Promise<Record<string, string>> {
  const addresses: Record<string, string> = {}
  for (const name of names) addresses[name] = `127.0.0.1:${await freePort()}`
  return addresses
}

/** The port of an address. */
export function portOf(address: string): string {
  return new URL(`http://${address}`).port
}

const FIRST = 12_000
const LAST = 32_000
const given = new Set<number>()

async function freePort(): Promise<number> {
  for (;;) {
    const port = FIRST + Math.floor(Math.random() * (LAST - FIRST))
    if (given.has(port) || !(await isFree(port))) continue
    given.add(port)
    return port
  }
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer().listen(port, '127.0.0.1')
  try {
    await once(server, 'listening')
  } catch {
    return false
  }
  server.close()
  await once(server, 'close')
  return true
}
