import { type ServerResponse } from 'node:http'
import type { Logger } from '../log/lines.ts'
/**
 * Takes back what the answer that failed has said of its content. The rest stays, as with Express's own final
 * handler: cookies, CORS, security, challenges, both identities.
 */
export declare function clearContent(res: ServerResponse): void
/** Adds the headers that an error asks for, such as Retry-After; one that cannot be sent is a line. */
export declare function addHeaders(res: ServerResponse, headers: object, logger: Logger): void
/** Sends a refusal or failure, with a body that says no more than its status and its id. */
export declare function sendError(res: ServerResponse, status: number): void
/** What every refusal and failure answers, in the request's context. */
export declare function errorBody(status: number): object
/** A status in words, as the body has it. */
export declare function nameOf(status: number): string
