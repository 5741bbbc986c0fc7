import type { Bindings, ChildLoggerOptions, Logger as PinoLogger } from 'pino'
import { levelOnFailureOf } from '../settings/settings.ts'
import { holdLines } from './held/hold.ts'
import { type Identities, identities } from './identities.ts'
import type { Logger } from './lines.ts'
import {
  guarded,
  mergeOwned,
  mergeStrategyWith,
  mixinWith,
  without,
  withoutBound,
  withoutOurs,
} from './own-identities.ts'
import { FORMATTERS, isPino, NOT_PINO, part, SERIALIZERS, symbolIn } from './pino-symbols.ts'

/** On a logger whose lines have the identities already. */
const OWNED = Symbol.for('throughline.identities')

/**
 * Puts both identities on every line of a pino logger and of its children, and lets nobody else write them: what they
 * bind, set, format or serialize under these names is left out, since pino would write it beside ours, the same key
 * twice, or in its place. The logger keeps all else, a mixin of its own too. Throws a TypeError where it is not pino's,
 * or has a `nestedKey`. Lines below its level, down to `levelOnFailure`, are written for requests that fail.
 *
 * @example
 * const logger = withIdentities(pino({ redact: ['password'] }, { write() {} }))
 */
export function withIdentities<L extends Logger>(
  logger: L,
  ours: Identities = identities,
  levelOnFailure: string | undefined = levelOnFailureOf(process.env),
): L {
  if (!isPino(logger)) throw new TypeError(NOT_PINO)
  if (OWNED in logger) return logger
  const nestedKey = symbolIn(logger, 'nestedKey')
  if (nestedKey !== undefined && Reflect.get(logger, nestedKey)) throw new TypeError(NESTED)
  Object.assign(logger, { [OWNED]: true }, mixed(logger, ours), cleared(logger))
  if (levelOnFailure !== undefined) holdLines(logger, levelOnFailure)
  const { child, setBindings } = logger
  // Like pino's own, which a test may replace.
  const method = { writable: true, configurable: true }
  return Object.defineProperties(logger, {
    child: {
      ...method,
      value(this: PinoLogger, bindings: Bindings, options?: ChildLoggerOptions) {
        return Reflect.apply(child, this, [
          bindings && without(bindings),
          options && withoutOurs(options),
        ])
      },
    },
    setBindings: {
      ...method,
      value(this: PinoLogger, bindings: Bindings) {
        return Reflect.apply(setBindings, this, [without(bindings)])
      },
    },
  })
}

const NESTED =
  "pino's option nestedKey would put the identities below that key, where nobody looks for them: leave it out"

function mixed(logger: object, ours: Identities): object {
  const mixin = part(logger, 'mixin')
  const strategy = part(logger, 'mixinMergeStrategy')
  const theirs = { mixin: Reflect.get(logger, mixin), strategy: Reflect.get(logger, strategy) }
  const alone = theirs.mixin === undefined && theirs.strategy === undefined
  return {
    [mixin]: mixinWith(theirs.mixin, ours),
    [strategy]: alone ? mergeOwned : mergeStrategyWith(theirs.strategy),
  }
}

function cleared(logger: object): object {
  const bound = part(logger, 'chindings')
  const formatters = Reflect.get(logger, FORMATTERS)
  return {
    [bound]: withoutBound(Reflect.get(logger, bound)),
    [FORMATTERS]: { ...formatters, ...guarded(formatters) },
    [SERIALIZERS]: without(Reflect.get(logger, SERIALIZERS)),
  }
}
