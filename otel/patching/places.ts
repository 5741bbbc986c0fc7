import { z } from 'zod'
import { REGISTER } from '../../src/throughline/settings/as-installed.ts'

/** A place in OpenTelemetry's API that whoever registers first holds alone. */
export type Place = 'trace' | 'context' | 'propagation' | 'metrics' | 'logs'

/**
 * Runs `register`, and returns how to find out, at any time, why one of the `wanted` places is not held by what it
 * registered; undefined where all are.
 */
export function takePlaces(wanted: Place[], register: () => void): () => Rival | undefined {
  const before = placesNow()
  register()
  const ours = placesNow()
  return () => {
    const now = placesNow()
    const lost = wanted.filter(
      (place) => ours[place] === before[place] || now[place] !== ours[place],
    )
    return lost.length > 0 ? { places: lost, reason: reasonFor(lost, now) } : undefined
  }
}

/** Who holds places that we wanted. */
export interface Rival {
  places: Place[]
  reason: string
}

/** Where all copies of the API keep what is registered, each with the version that was there first. */
const SHARED = Symbol.for('opentelemetry.js.api.1')

const Places = z
  .looseObject({ version: z.string().catch('of no known version') })
  .catch({ version: '' })

function placesNow(): z.infer<typeof Places> {
  return Places.parse(Reflect.get(globalThis, SHARED))
}

function reasonFor(places: Place[], now: z.infer<typeof Places>): string {
  const holders = places.map((place) => nameOf(now[place])).filter((name) => name !== undefined)
  const api = `@opentelemetry/api ${now.version}`
  const who =
    holders.length > 0
      ? `another SDK holds ${places.join(', ')}: ${holders.join(', ')}, with ${api}`
      : `another copy of the API was there first, ${api}, and takes no other version`
  return `${who}; load ${REGISTER} alone, and look for the other in NODE_OPTIONS and in each --import and --require`
}

/** The class of what is registered; the API keeps a tracer provider behind a proxy. */
function nameOf(registered: unknown): string | undefined {
  if (!(registered instanceof Object)) return
  const behind = 'getDelegate' in registered && registered.getDelegate
  const real: unknown = typeof behind === 'function' ? behind.call(registered) : registered
  return real instanceof Object ? real.constructor.name : undefined
}
