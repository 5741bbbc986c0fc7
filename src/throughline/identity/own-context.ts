import { IncomingMessage, ServerResponse } from 'node:http'
import { ROOT_CONTEXT } from '@opentelemetry/api'
import { patchOnce } from '../patch-once.ts'
import { getContext, type RequestContext, runWithContext, TRACE } from './context.ts'
import { activeContext, withContext } from './shared-api.ts'

// By a global name, since a second copy of this module, or another build of it, meets the same requests.
const OWN: unique symbol = Symbol.for('throughline.context')

type Message = (IncomingMessage | ServerResponse) & { [OWN]?: RequestContext }

/** Gives a request its context, which its response shares. */
export function giveContext(req: Message, res: Message, own: RequestContext): void {
  req[OWN] = own
  res[OWN] = own
}

/** The context of a request, or of its response, whatever is current; undefined where none was given. */
export function contextOf(message: Message): RequestContext | undefined {
  return message[OWN]
}

/** Runs `fn` in the context of the request, its server span active, whatever is current. */
export function runInContextOf<T>(message: Message, fn: () => T): T {
  const own = message[OWN]
  return own === undefined || isCurrent(own) ? fn() : resume(own, fn)
}

/** Runs `fn` with the server span of the current request active, whichever span of it is; elsewhere as it is. */
export function atServerSpan<T>(fn: () => T): T {
  const own = getContext()
  return own?.[TRACE] === undefined ? fn() : resume(own, fn)
}

/**
 * From now on the listeners of a request and its response run in its context, whoever emits: a client that leaves
 * ends both from its socket's context, and an answer that had to wait for the one before it on the same connection
 * ends from that request's.
 *
 * One patch of two prototypes: a bound `emit` for each request and each response cost a sixth of the throughput.
 */
export function keepContextOfListeners(): void {
  patchOnce('listeners', () => {
    const undo = [IncomingMessage.prototype, ServerResponse.prototype].map(patchEmit)
    return () => {
      for (const each of undo) each()
    }
  })
}

function patchEmit(prototype: Message): () => void {
  const { emit } = prototype
  const patched = function (this: Message, ...args: unknown[]) {
    const own = this[OWN]
    if (own === undefined || isCurrent(own)) return Reflect.apply(emit, this, args)
    return resume(own, () => Reflect.apply(emit, this, args))
  }
  prototype.emit = patched
  return () => {
    // Whoever patched it after us calls ours.
    if (prototype.emit === patched) prototype.emit = emit
  }
}

function isCurrent(own: RequestContext): boolean {
  return getContext() === own && activeContext() === own[TRACE]
}

/** Runs `fn` in this context with its trace, or without one where it has none. */
export function resume<T>(own: RequestContext, fn: () => T): T {
  return runWithContext(own, () => withContext(own[TRACE] ?? ROOT_CONTEXT, fn))
}
