import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { bareWord, type Identity, identify } from '../../viewer/pages/find/identify.ts'

/**
 * The identity of the last line with an id, once the input has ended.
 * A word that stands alone could be anything, so it counts only where no line names its id.
 */
export async function lastIdentity(input: Readable): Promise<Identity | undefined> {
  let named: Identity | undefined
  let bare: Identity | undefined
  for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    const identity = identify(line)
    if (identity === undefined) continue
    if (identity.traceId === undefined && identity.correlationId === bareWord(line)) bare = identity
    else named = identity
  }
  return named ?? bare
}
