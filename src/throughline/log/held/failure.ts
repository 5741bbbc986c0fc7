import type { ServerResponse } from 'node:http'
import { getContext, type RequestContext } from '../../identity/context.ts'
import { HeldLines } from './held-lines.ts'

declare global {
  // On globalThis like the store: whichever copy of this module makes a logger hold its lines.
  var throughlineHolds: true | undefined
}

const LINES: unique symbol = Symbol.for('throughline.held-lines')

type Holding = RequestContext & { [LINES]?: HeldLines }

/** Lines are held from now on, in this process. */
export function beginToHold(): void {
  globalThis.throughlineHolds = true
}

/** The lines that are held of a request or job; undefined where its context is frozen. */
export function heldLinesOf(own: Holding): HeldLines | undefined {
  if (own[LINES] === undefined && Object.isExtensible(own)) own[LINES] = new HeldLines()
  return own[LINES]
}

/**
 * A request or job, the current one by default, has failed: what is held of its lines is written, and those that come
 * are written at once. However often it is said.
 */
export function failed(own: RequestContext | undefined = getContext()): void {
  if (globalThis.throughlineHolds && own !== undefined) heldLinesOf(own)?.fail()
}

/** A request or job has ended well: what is held of its lines is never written. */
export function endedWell(own: Holding): void {
  own[LINES]?.drop()
}

/** Holds the lines of a request until its answer is over, and knows by that how it went. */
export function holdUntilEndOf(res: ServerResponse, own: RequestContext): void {
  if (!globalThis.throughlineHolds) return
  // There from the start: a context that is made of this one has the same.
  heldLinesOf(own)
  // In front of whoever writes the last line of the request, which comes after those that are held.
  res.on('finish', () => (res.statusCode >= 500 ? failed(own) : endedWell(own)))
  res.on('close', () => {
    if (!res.writableFinished) failed(own)
  })
}
