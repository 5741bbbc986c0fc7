import type { IncomingMessage, ServerResponse } from 'node:http'
/**
 * Whether an error, or its cause, is nothing but the client's leaving: what Node, body parsers and pipelines make of
 * a request that was cut off. `request aborted` says it already. Anything else that fails after the client has left
 * is a failure all the same.
 */
export declare function isLeaving(
  error: unknown,
  req: IncomingMessage,
  res: ServerResponse,
): boolean
/** Whether the connection is over, whoever ended it. */
export declare function isGone(req: IncomingMessage, res: ServerResponse): boolean
