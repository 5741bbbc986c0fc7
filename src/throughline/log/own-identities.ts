import type { Bindings, ChildLoggerOptions, Logger } from 'pino'

/** The fields of a line that the mixin alone writes. */
export const IDENTITIES = ['correlationId', 'trace_id', 'span_id', 'trace_flags', 'trace_url']

/** On the fields of a line that links to its trace at any level, as a request's last one does. */
export const LINKED = Symbol.for('throughline.linked')

/**
 * A pino `mixinMergeStrategy`: the identities win over fields of the same name that a call passes in, and those that
 * there is no value for are left out, as outside of any request.
 */
export function mergeIdentities(fields: object, identities: object): object {
  const merged = { ...fields, ...identities }
  for (const name of IDENTITIES) {
    if (name in fields && !(name in identities)) Reflect.deleteProperty(merged, name)
  }
  return merged
}

/**
 * Lets no child logger bind, set, format or serialize an identity: pino would write it beside the mixin's, the same
 * key twice, or in its place.
 */
export function ownIdentities(logger: Logger): Logger {
  const { child, setBindings } = logger
  // Like pino's own, which a test may replace.
  const method = { writable: true, configurable: true }
  return Object.defineProperties(logger, {
    child: {
      ...method,
      value(this: Logger, bindings: Bindings, options?: ChildLoggerOptions) {
        return Reflect.apply(child, this, [
          bindings && without(bindings),
          options && withoutOurs(options),
        ])
      },
    },
    setBindings: {
      ...method,
      value(this: Logger, bindings: Bindings) {
        return Reflect.apply(setBindings, this, [without(bindings)])
      },
    },
  })
}

function withoutOurs(options: ChildLoggerOptions): ChildLoggerOptions {
  const { serializers, formatters } = options
  return {
    ...options,
    ...(serializers && { serializers: without(serializers) }),
    ...(formatters && { formatters: { ...formatters, ...guarded(formatters) } }),
  }
}

type Formatters = NonNullable<ChildLoggerOptions['formatters']>

/** Formatters that leave the identities of a line as the mixin has put them. */
function guarded({ bindings, log }: Formatters): Formatters {
  return {
    ...(bindings && { bindings: (bound) => without(bindings(bound)) }),
    ...(log && { log: (fields) => ({ ...without(log(fields)), ...identitiesIn(fields) }) }),
  }
}

function without<T>(fields: Record<string, T>): Record<string, T>
function without(fields: object): object
function without(fields: object): object {
  if (!IDENTITIES.some((name) => name in fields)) return fields
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !IDENTITIES.includes(name)))
}

function identitiesIn(fields: object): object {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => IDENTITIES.includes(name)))
}
