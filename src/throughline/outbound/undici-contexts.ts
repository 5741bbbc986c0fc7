import { AsyncResource } from 'node:async_hooks'
import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { dispatcherPrototypes } from './undici-dispatchers.ts'

/**
 * From now on undici, Node's own and npm's, works on a call in the context in which the call was made. Left alone it
 * works in the context of the connection, that is, of the call that opened it: what repeats a call from there, such
 * as a retry, a redirect or the queue of a pool, sends it with the identities of another request.
 *
 * Returns what leaves undici as it was.
 */
export function keepUndiciContexts(): () => void {
  subscribe('undici:request:create', onRequest)
  patchDispatchers()
  return () => {
    unsubscribe('undici:request:create', onRequest)
    for (const undo of undos.splice(0)) undo()
  }
}

const CONTEXT = Symbol('context')

/** One attempt of a call, as undici publishes it. */
interface UndiciRequest {
  [CONTEXT]?: AsyncResource
}

let requests = 0

function onRequest(message: unknown): void {
  if (!isObject(message) || !('request' in message) || !isObject(message.request)) return
  requests += 1
  const request: UndiciRequest = message.request
  request[CONTEXT] = new AsyncResource('UndiciRequest')
  patchRequests(Object.getPrototypeOf(request))
}

const patched = new WeakSet<object>()

/** Through the `on…` methods of its request undici tells a call's handler of the answer, and that may repeat it. */
function patchRequests(prototype: object): void {
  if (patched.has(prototype)) return
  patched.add(prototype)
  for (const name of Object.getOwnPropertyNames(prototype)) {
    if (/^on[A-Z]/.test(name)) patch(prototype, name, inContextOfRequest)
  }
  // A copy of undici that was not there before. Nothing can wait in a queue of its before its first request.
  patchDispatchers()
}

function inContextOfRequest(method: Method): Method {
  return function (this: UndiciRequest, ...args: unknown[]) {
    const context = this[CONTEXT]
    return context === undefined
      ? Reflect.apply(method, this, args)
      : context.runInAsyncScope(method, this, ...args)
  }
}

function patchDispatchers(): void {
  for (const prototype of dispatcherPrototypes()) {
    if (patched.has(prototype)) continue
    patched.add(prototype)
    for (const key of Reflect.ownKeys(prototype)) {
      if (key === 'dispatch' || String(key) === 'Symbol(dispatch)')
        patch(prototype, key, inContextOfCaller)
    }
  }
}

/** The contexts of calls that wait in a pool's queue, by handler and options: both are dispatched again later. */
const waiting = new WeakMap<object, WeakMap<object, AsyncResource>>()

function inContextOfCaller(method: Method): Method {
  return function dispatch(this: object, options: unknown, handler: unknown): unknown {
    if (!isObject(options) || !isObject(handler))
      return Reflect.apply(method, this, [options, handler])
    const waits = waiting.get(handler)
    const context = waits?.get(options)
    if (context !== undefined) {
      waits?.delete(options)
      return context.runInAsyncScope(dispatch, this, options, handler)
    }
    const before = requests
    const taken: unknown = Reflect.apply(method, this, [options, handler])
    // No request was made of it yet, so it waits for a connection that is free.
    if (requests === before) wait(options, handler)
    return taken
  }
}

function wait(options: object, handler: object): void {
  const waits = waiting.get(handler) ?? new WeakMap<object, AsyncResource>()
  waits.set(options, new AsyncResource('UndiciWaiting'))
  waiting.set(handler, waits)
}

type Method = (this: object, ...args: unknown[]) => unknown

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}

/** What takes each patch away again. */
const undos: (() => void)[] = []

function patch(prototype: object, key: PropertyKey, wrap: (method: Method) => Method): void {
  const property = Object.getOwnPropertyDescriptor(prototype, key)
  if (typeof property?.value !== 'function') return
  const value = wrap(property.value)
  Object.defineProperty(prototype, key, { ...property, value })
  undos.push(() => {
    if (Reflect.get(prototype, key) === value) Object.defineProperty(prototype, key, property)
  })
}
