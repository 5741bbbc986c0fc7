import type { IncomingMessage, ServerResponse } from 'node:http'
import {
  InstrumentationBase,
  InstrumentationNodeModuleDefinition,
} from '@opentelemetry/instrumentation'
import { join, type Matcher, patternThatMatches } from './patterns.ts'

/**
 * Learns under which patterns Express mounts its routers and apps. Of a route Express itself tells the pattern
 * (`req.route`), but of the mounts only the path that was asked for (`req.baseUrl`), with the parameters' values.
 */
export class ExpressRoutes extends InstrumentationBase {
  constructor() {
    super('throughline.express-routes', '1', {})
  }

  override init(): InstrumentationNodeModuleDefinition[] {
    const patch = (express: Express) => {
      recordMountsOf(express)
      return express
    }
    return [new InstrumentationNodeModuleDefinition('express', ['>=4.0.0 <6'], patch)]
  }
}

/** Records the mounts of all routers that this Express makes from now on. */
export function recordMountsOf({ Router, request }: Express): void {
  request[SEEN] = true
  // In Express 4 a router's prototype is `Router` itself. Two copies of Express 5 may share one router.
  const prototype = Router.prototype?.use === undefined ? Router : Router.prototype
  if (prototype[SEEN]) return
  prototype[SEEN] = true
  // Not by `_wrap`, which would take off what another tool has put around it.
  prototype.use = recordMounts(prototype.use)
}

/**
 * The pattern of the last route that matched, with those of its mounts (`/api` and `/items/:id`), never a value;
 * undefined where none matched, and where a mount of it is unknown.
 */
export function routeOf(req: ExpressRequest): string | undefined {
  const { route, [LEFT]: left } = req
  if (route === undefined) return undefined
  return left?.route === route ? left.pattern : routeBelow(route, req, req.baseUrl)
}

/** The route with its mounts, where those account for `baseUrl`. */
function routeBelow(route: Route, req: ExpressRequest, baseUrl = ''): string | undefined {
  const { [MOUNT]: mount = TOP } = req
  return mount.baseUrl === baseUrl ? join(mount.pattern, patternOf(route, req)) : undefined
}

/** Whether this is an Express app whose mounts nobody records: no hook saw its Express when it was loaded. */
export function isUnseenExpress(app: unknown): boolean {
  if (typeof app !== 'function' || !('handle' in app && 'set' in app && 'request' in app)) {
    return false
  }
  return !isSeen(app.request)
}

/** Whether it is what an Express that is patched makes its requests from, or such a request. */
export function isSeen(request: unknown): boolean {
  return typeof request === 'object' && request !== null && SEEN in request
}

/** On what makes an Express' requests, and its routers: their mounts are recorded. */
const SEEN = Symbol.for('throughline.express.seen')
/** The mounts that a request is in. */
const MOUNT = Symbol('mount')
/** The last route that a request matched outside of them. */
const LEFT = Symbol('left')

/** Those parts of Express 4 and 5 that are patched. */
interface Express {
  Router: Router & { prototype?: Router }
  request: { [SEEN]?: true }
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
  [LEFT]?: { route: Route; pattern: string | undefined }
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

const TOP: Mount = { pattern: '', baseUrl: '' }

function recordMounts(use: Router['use']): Router['use'] {
  return function (this: Router, ...args) {
    const before = this.stack.length
    const result = Reflect.apply(use, this, args)
    const [path] = args
    // Without a path it is middleware for all that the router gets.
    if (typeof path === 'string' || path instanceof RegExp || isPaths(path)) {
      for (const layer of this.stack.slice(before)) recordMount(layer, path)
    }
    return result
  }
}

/** Whether it is an array of paths: Express takes handlers in arrays as well. */
function isPaths(arg: unknown): arg is unknown[] {
  return Array.isArray(arg) && typeof arg.flat(Infinity)[0] !== 'function'
}

function recordMount(layer: Layer, path: unknown): void {
  const name = layer.handleRequest === undefined ? 'handle_request' : 'handleRequest'
  const handle = layer[name]
  if (handle === undefined || path === '/' || path === '') return
  layer[name] = (req, res, next) => {
    const { [MOUNT]: outer = TOP, baseUrl = '' } = req
    settle(req, outer.baseUrl)
    const pattern = patternThatMatches(path, layer.constructor, baseUrl.slice(outer.baseUrl.length))
    req[MOUNT] = { pattern: join(outer.pattern, pattern), baseUrl }
    const leave = (error?: unknown) => {
      settle(req, req.baseUrl)
      req[MOUNT] = outer
      next(error)
    }
    Reflect.apply(handle, layer, [req, res, leave])
  }
}

/** Names the route that the request has matched by now, before the mounts that it is in change. */
function settle(req: ExpressRequest, baseUrl: string | undefined): void {
  const { route } = req
  if (route === undefined || route === req[LEFT]?.route) return
  req[LEFT] = { route, pattern: routeBelow(route, req, baseUrl) }
}

function patternOf({ path, stack }: Route, { url = '' }: IncomingMessage): string {
  if (typeof path === 'string') return path
  // A route's own handlers are layers as well.
  return patternThatMatches(path, stack[0]?.constructor, url.split('?', 1)[0] ?? '')
}
