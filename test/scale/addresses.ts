import { holdPort } from '../jaeger/held-port.ts'

/** Free loopback addresses, `127.0.0.1:port`, one a name and all different. */
export async function freeAddresses<Name extends string>(
  ...names: Name[]
): Promise<Record<Name, string>>
export async function freeAddresses(...names: string[]): Promise<Record<string, string>> {
  const held = await Promise.all(names.map(() => holdPort()))
  await Promise.all(held.map(({ release }) => release()))
  return Object.fromEntries(names.map((name, n) => [name, held[n]?.address ?? '']))
}

/** The port of an address. */
export function portOf(address: string): string {
  return new URL(`http://${address}`).port
}
