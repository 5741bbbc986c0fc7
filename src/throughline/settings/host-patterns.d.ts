import { z } from 'zod'
import type { Hosts } from './hosts.ts'
/**
 * Patterns of hosts, separated by commas; undefined where one of them is `*`, which is every host. A name is that host
 * alone, and `*.` before it all hosts under it, at any depth, and not itself; without a port they mean all ports. Case
 * and a dot at the end do not count.
 *
 * @example
 * hostPatterns().parse('*.shop.internal, localhost:3001')?.({ host: 'api.shop.internal', port: 80 }) // true
 */
export declare function hostPatterns(): z.ZodType<Hosts | undefined>
/**
 * A host as a URL has it: in lower case, a name beyond ASCII by its punycode, an IPv6 address in brackets; without the
 * dot at its end. Undefined for what is no host.
 */
export declare function canonicalHost(host: string): string | undefined
