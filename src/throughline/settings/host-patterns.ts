import { isIP, isIPv6 } from 'node:net'
import { z } from 'zod'
import type { Hosts } from './hosts.ts'

const EXPECTED =
  'hosts separated by commas, each such as api.shop.internal, *.shop.internal (what is under it), 10.0.0.7 or [::1], with or without a :port, or * for every host'

/**
 * Patterns of hosts, separated by commas; undefined where one of them is `*`, which is every host. A name is that host
 * alone, and `*.` before it all hosts under it, at any depth, and not itself; without a port they mean all ports. Case
 * and a dot at the end do not count.
 *
 * @example
 * hostPatterns().parse('*.shop.internal, localhost:3001')?.({ host: 'api.shop.internal', port: 80 }) // true
 */
export function hostPatterns(): z.ZodType<Hosts | undefined> {
  return z.string().transform((list, context) => {
    const members = list.split(',').flatMap((member) => member.trim() || [])
    if (members.length > 0 && members.every((member) => member === '*' || patternOf(member))) {
      return members.includes('*') ? undefined : matching(members)
    }
    context.addIssue({ code: 'custom', message: EXPECTED })
    return z.NEVER
  })
}

interface Pattern {
  /** Whether it means what is under the host, not the host. */
  isUnder: boolean
  host: string
  port: number | undefined
}

function matching(members: string[]): Hosts {
  const patterns = members.flatMap((member) => patternOf(member) ?? [])
  return (target) => {
    const host = canonicalHost(target.host)
    if (host === undefined) return false
    return patterns.some(
      (pattern) =>
        (pattern.port === undefined || pattern.port === target.port) &&
        (pattern.isUnder ? host.endsWith(`.${pattern.host}`) : host === pattern.host),
    )
  }
}

const PATTERN = /^(\*\.)?(\[.*\]|[^:]+)(?::(\d{1,5}))?$/
const NAME = /^[a-z0-9_-]+(\.[a-z0-9_-]+)*$/

/** Undefined where `member` is no pattern. */
function patternOf(member: string): Pattern | undefined {
  const [, under, given = '', port] = PATTERN.exec(isIPv6(member) ? `[${member}]` : member) ?? []
  const host = canonicalHost(given)
  if (host === undefined) return undefined
  const isAddress = isIP(host.replace(/^\[|\]$/g, '')) !== 0
  if (isAddress ? under : !NAME.test(host)) return undefined
  if (port !== undefined && (Number(port) < 1 || Number(port) > 65_535)) return undefined
  return { isUnder: under !== undefined, host, port: port === undefined ? port : Number(port) }
}

/** What a URL would take for something else than its host, or decode. */
const NOT_IN_A_NAME = /[\s/\\?#@%:[\]]/

/**
 * A host as a URL has it: in lower case, a name beyond ASCII by its punycode, an IPv6 address in brackets; without the
 * dot at its end. Undefined for what is no host.
 */
export function canonicalHost(host: string): string | undefined {
  const address = host.replace(/^\[(.*)\]$/, '$1')
  if (isIPv6(address)) return URL.parse(`http://[${address}]/`)?.hostname
  return NOT_IN_A_NAME.test(host)
    ? undefined
    : URL.parse(`http://${host}/`)?.hostname.replace(/\.$/, '')
}
