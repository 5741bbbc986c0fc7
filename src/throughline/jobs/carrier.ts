import { type Context, ROOT_CONTEXT } from '@opentelemetry/api'
import { getCorrelationId } from '../identity/context.ts'
import { CORRELATION_HEADER, isCorrelationId } from '../identity/correlation.ts'
import { activeContext, sharedApi } from '../identity/shared-api.ts'

/**
 * Both identities as a message carries them: `x-correlation-id`, and what the propagators write, by default
 * `traceparent`, `tracestate` and `baggage` (https://www.w3.org/TR/trace-context/, https://www.w3.org/TR/baggage/).
 */
export type Carrier = Record<string, string>

/** A W3C header may be this long (https://www.w3.org/TR/baggage/#limits), in characters; more is no identity. */
const MAX_LENGTH = 8192

/**
 * The correlation id and the trace context of what is current, as a plain object that JSON takes; empty outside of
 * any request or job.
 *
 * @example
 * runWithContext({ correlationId: 'abc-123', startedAt: Date.now() }, () => toCarrier()) // { 'x-correlation-id': 'abc-123' }
 */
export function toCarrier(): Carrier {
  const carrier: Carrier = {}
  const correlationId = getCorrelationId()
  if (correlationId !== undefined) carrier[CORRELATION_HEADER] = correlationId
  sharedApi()?.propagation?.inject(activeContext(), carrier, {
    set: (_carrier, name, value) => {
      carrier[name] = value
    },
  })
  return carrier
}

/** What a carrier has brought. */
export interface Carried {
  correlationId: string | undefined
  /** With the sender's span context and baggage; the root context where there was none. */
  context: Context
  /** Why the carrier, or a part of it, is as good as absent; undefined where all is well. */
  refusal?: string
}

/** Reads a carrier of whoever sent it; never throws. */
export function readCarrier(carrier: unknown): Carried {
  const absent = { correlationId: undefined, context: ROOT_CONTEXT }
  try {
    if (carrier === undefined || carrier === null) return absent
    if (typeof carrier !== 'object' || Array.isArray(carrier)) {
      return { ...absent, refusal: 'no object' }
    }
    return readObject(carrier)
  } catch {
    return { ...absent, refusal: 'an object that cannot be read' }
  }
}

function readObject(carrier: object): Carried {
  const bad: string[] = []
  const context = sharedApi()?.propagation?.extract(ROOT_CONTEXT, carrier, {
    keys: () => Object.keys(carrier),
    get: (_carrier, name) => {
      const value = ownValue(carrier, name)
      if (value === undefined || isText(value)) return value
      bad.push(name)
      return undefined
    },
  })
  const id = ownValue(carrier, CORRELATION_HEADER)
  const isGood = typeof id === 'string' && isCorrelationId(id)
  if (id !== undefined && !isGood) bad.push(CORRELATION_HEADER)
  return {
    correlationId: isGood ? id : undefined,
    context: context ?? ROOT_CONTEXT,
    ...(bad.length > 0 && {
      refusal: `not a text that it can be: ${[...new Set(bad)].join(', ')}`,
    }),
  }
}

/** Only what is its own: what a carrier inherits was never sent. */
function ownValue(carrier: object, name: string): unknown {
  return Object.hasOwn(carrier, name) ? Reflect.get(carrier, name) : undefined
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.length <= MAX_LENGTH
}
