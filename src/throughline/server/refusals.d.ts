import { type RequestListener, type Server } from 'node:http'
import type { Logger } from '../log/lines.ts'
/** What createServer needs, so that these requests arrive here. */
export declare const REFUSED_HERE: {
  requireHostHeader: boolean
}
/** `app` behind what Node refuses by itself, without an id and a line: here they have both. */
export declare function refuseBefore(app: RequestListener, logger: Logger): RequestListener
/** Makes requests like any other of what Node answers, or cuts off, before there is one. */
export declare function takeUnasked(server: Server): void
