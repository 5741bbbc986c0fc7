import { type Place } from '../../src/throughline/identity/shared-api.ts'
/**
 * Runs `register`, and returns how to find out, at any time, why one of the `wanted` places is not held by what it
 * registered; undefined where all are.
 */
export declare function takePlaces(wanted: Place[], register: () => void): () => Rival | undefined
/** Whether the places are being taken at this moment: what the API says of that is about us. */
export declare function isTakingPlaces(): boolean
/** Who holds places that we wanted. */
export interface Rival {
  places: Place[]
  reason: string
}
