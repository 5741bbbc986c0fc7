import type { ChildLoggerOptions } from 'pino'
import { IDENTITIES, type Identities } from './identities.ts'

/** A pino mixin: fields that each line gets. */
export type Mixin = (fields: object, level: number, logger: unknown) => object

/** A pino `mixinMergeStrategy`: the fields of a line, of those that a call passes in and those of the mixin. */
export type MergeStrategy = (fields: object, mixed: object) => object

/** The identities, on top of what another mixin says. */
export function mixinWith(theirs: Mixin | undefined, ours: Identities): Mixin {
  if (theirs === undefined) return ours
  return (fields, level, logger) => ({
    ...without(theirs(fields, level, logger)),
    ...ours(fields, level),
  })
}

/**
 * The identities win over fields of the same name that a call passes in, and those that there is no value for are left
 * out, as outside of any request.
 */
export const mergeOwned: MergeStrategy = (fields, identities) => {
  const merged = { ...fields, ...identities }
  for (const name of IDENTITIES) {
    if (name in fields && !(name in identities)) Reflect.deleteProperty(merged, name)
  }
  return merged
}

/** The same, around another strategy, or pino's own, for which a call's fields win over the mixin's. */
export function mergeStrategyWith(
  theirs: MergeStrategy = (fields, mixed) => ({ ...mixed, ...fields }),
): MergeStrategy {
  return (fields, mixed) => mergeOwned(theirs(fields, without(mixed)), identitiesIn(mixed))
}

/** Options of a child logger that bind, format or serialize no identity. */
export function withoutOurs(options: ChildLoggerOptions): ChildLoggerOptions {
  const { serializers, formatters } = options
  return {
    ...options,
    ...(serializers && { serializers: without(serializers) }),
    ...(formatters && { formatters: { ...formatters, ...guarded(formatters) } }),
  }
}

type Formatters = NonNullable<ChildLoggerOptions['formatters']>

/** Formatters that leave the identities of a line as the mixin has put them. */
export function guarded({ bindings, log }: Formatters): Formatters {
  return {
    ...(bindings && { bindings: (bound) => without(bindings(bound)) }),
    ...(log && { log: (fields) => ({ ...without(log(fields)), ...identitiesIn(fields) }) }),
  }
}

/** Bound fields as pino has them, as JSON after a comma, without the identities. */
export function withoutBound(bound: string): string {
  if (!IDENTITIES.some((name) => bound.includes(`"${name}"`))) return bound
  const kept = JSON.stringify(without(JSON.parse(`{${bound.slice(1)}}`))).slice(1, -1)
  return kept === '' ? '' : `,${kept}`
}

export function without<T extends object>(fields: T): T {
  if (!IDENTITIES.some((name) => name in fields)) return fields
  const kept = { ...fields }
  for (const name of IDENTITIES) Reflect.deleteProperty(kept, name)
  return kept
}

function identitiesIn(fields: object): object {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => IDENTITIES.includes(name)))
}
