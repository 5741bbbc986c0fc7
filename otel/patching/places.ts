import { holderOf, type Place, sharedApi } from '../../src/throughline/identity/shared-api.ts'
import { REGISTER } from '../../src/throughline/settings/as-installed.ts'

/**
 * Runs `register`, and returns how to find out, at any time, why one of the `wanted` places is not held by what it
 * registered; undefined where all are.
 */
export function takePlaces(wanted: Place[], register: () => void): () => Rival | undefined {
  const before = { ...sharedApi() }
  taking = true
  register()
  taking = false
  const ours = { ...sharedApi() }
  return () => {
    const now = sharedApi()
    const lost = wanted.filter(
      (place) => ours[place] === before[place] || now?.[place] !== ours[place],
    )
    return lost.length > 0 ? { places: lost, reason: reasonFor(lost) } : undefined
  }
}

/** Whether the places are being taken at this moment: what the API says of that is about us. */
export function isTakingPlaces(): boolean {
  return taking
}

let taking = false

/** Who holds places that we wanted. */
export interface Rival {
  places: Place[]
  reason: string
}

function reasonFor(places: Place[]): string {
  const holders = places.map(holderOf).filter((name) => name !== undefined)
  const api = `@opentelemetry/api ${sharedApi()?.version ?? 'of no known version'}`
  const who =
    holders.length > 0
      ? `another SDK holds ${places.join(', ')}: ${holders.join(', ')}, with ${api}`
      : `another copy of the API was there first, ${api}, and takes no other version`
  return `${who}; take out ${REGISTER} to keep that one, and lines have its ids all the same, or look for it in NODE_OPTIONS and in each --import and --require, and take it out`
}
