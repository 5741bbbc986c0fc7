import { IncomingMessage, ServerResponse } from 'node:http'
import { type RequestContext } from './context.ts'

declare const OWN: unique symbol
type Message = (IncomingMessage | ServerResponse) & {
  [OWN]?: RequestContext
}
/** Gives a request its context, which its response shares. */
export declare function giveContext(req: Message, res: Message, own: RequestContext): void
/** The context of a request, or of its response, whatever is current; undefined where none was given. */
export declare function contextOf(message: Message): RequestContext | undefined
/** Runs `fn` in the context of the request, its server span active, whatever is current. */
export declare function runInContextOf<T>(message: Message, fn: () => T): T
/** Runs `fn` with the server span of the current request active, whichever span of it is; elsewhere as it is. */
export declare function atServerSpan<T>(fn: () => T): T
/**
 * From now on the listeners of a request and its response run in its context, whoever emits: a client that leaves
 * ends both from its socket's context, and an answer that had to wait for the one before it on the same connection
 * ends from that request's.
 *
 * One patch of two prototypes: a bound `emit` for each request and each response cost a sixth of the throughput.
 */
export declare function keepContextOfListeners(): void
/** Runs `fn` in this context with its trace, or without one where it has none. */
export declare function resume<T>(own: RequestContext, fn: () => T): T
