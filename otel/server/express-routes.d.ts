import type { IncomingMessage, ServerResponse } from 'node:http'
import {
  InstrumentationBase,
  InstrumentationNodeModuleDefinition,
} from '@opentelemetry/instrumentation'
import { type Matcher } from './patterns.ts'
/**
 * Learns under which patterns Express mounts its routers and apps. Of a route Express itself tells the pattern
 * (`req.route`), but of the mounts only the path that was asked for (`req.baseUrl`), with the parameters' values.
 */
export declare class ExpressRoutes extends InstrumentationBase {
  constructor()
  init(): InstrumentationNodeModuleDefinition[]
}
/** Records the mounts of all routers that this Express makes from now on. */
export declare function recordMountsOf({ Router, request }: Express): void
/**
 * The pattern of the last route that matched, with those of its mounts (`/api` and `/items/:id`), never a value;
 * undefined where none matched, and where a mount of it is unknown.
 */
export declare function routeOf(req: ExpressRequest): string | undefined
/** Whether this is an Express app whose mounts nobody records: no hook saw its Express when it was loaded. */
export declare function isUnseenExpress(app: unknown): boolean
/** Whether it is what an Express that is patched makes its requests from, or such a request. */
export declare function isSeen(request: unknown): boolean
/** On what makes an Express' requests, and its routers: their mounts are recorded. */
declare const SEEN: unique symbol
/** The mounts that a request is in. */
declare const MOUNT: unique symbol
/** The last route that a request matched outside of them. */
declare const LEFT: unique symbol
/** Those parts of Express 4 and 5 that are patched. */
interface Express {
  Router: Router & {
    prototype?: Router
  }
  request: {
    [SEEN]?: true
  }
}
interface Router {
  [SEEN]?: true
  use(...args: unknown[]): unknown
  stack: Layer[]
}
/** A layer of a router's stack; Express 4 calls it by the second name. */
interface Layer extends Matcher {
  handleRequest?: HandleRequest
  handle_request?: HandleRequest
}
type HandleRequest = (req: ExpressRequest, res: ServerResponse, next: Next) => void
type Next = (error?: unknown) => void
export interface ExpressRequest extends IncomingMessage {
  app?: unknown
  route?: Route | undefined
  baseUrl?: string | undefined
  [MOUNT]?: Mount | undefined
  [LEFT]?: {
    route: Route
    pattern: string | undefined
  }
}
interface Route {
  path: unknown
  /** Its handlers, as layers. */
  stack: object[]
}
interface Mount {
  pattern: string
  baseUrl: string
}
