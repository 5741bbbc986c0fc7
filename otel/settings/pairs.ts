import { validateHeaderName, validateHeaderValue } from 'node:http'
import { z } from 'zod'

/** Values by name, as `a=1,b=2` gives them. */
export type Pairs = Record<string, string>

/**
 * `key=value` pairs, percent-encoded, separated by commas: the first `=` ends the key, and an empty member is skipped
 * (https://opentelemetry.io/docs/specs/otel/resource/sdk/#specifying-resource-information-via-an-environment-variable).
 */
export function pairs(): z.ZodType<Pairs> {
  const error = 'key=value pairs, percent-encoded, separated by commas'
  return z
    .string()
    .transform((list) => list.split(',').filter((member) => member.trim() !== ''))
    .refine((members) => members.every(isPair), { error, abort: true })
    .transform((members) => Object.fromEntries(members.map(pairOf)))
}

/**
 * Pairs that go out as headers
 * (https://opentelemetry.io/docs/specs/otel/protocol/exporter/#specifying-headers-via-environment-variables).
 */
export function headers(): z.ZodType<Pairs> {
  const error = 'key=value pairs that can be headers: no quotes around them, no line breaks'
  return pairs().refine((all) => Object.entries(all).every(isHeader), error)
}

function isPair(member: string): boolean {
  try {
    return pairOf(member)[0] !== ''
  } catch {
    return false
  }
}

/** Key and value of a member; throws where their percent-encoding is not of UTF-8. */
function pairOf(member: string): [key: string, value: string] {
  const end = member.indexOf('=')
  const [key, value] = [member.slice(0, Math.max(end, 0)), member.slice(end + 1)]
  return [decodeURIComponent(key.trim()), decodeURIComponent(value.trim())]
}

function isHeader([name, value]: [string, string]): boolean {
  try {
    validateHeaderName(name)
    validateHeaderValue(name, value)
    return true
  } catch {
    return false
  }
}

/** Whether gRPC takes it as metadata, which is ASCII, and whose names are fewer than HTTP's. */
export function isMetadata([name, value]: [string, string]): boolean {
  return /^[\w.-]+$/.test(name) && !/-bin$/i.test(name) && /^[ -~]*$/.test(value)
}
