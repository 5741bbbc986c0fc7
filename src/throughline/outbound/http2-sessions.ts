import type { ClientHttp2Session, ClientHttp2Stream } from 'node:http2'
import { Socket } from 'node:net'
import type { Http2Headers } from './http2-headers.ts'

/** Stands around a call over node:http2; `send` makes the call, with the headers that it is given. */
export type AroundCall = (
  session: ClientHttp2Session,
  headers: Http2Headers,
  send: (headers: Http2Headers) => ClientHttp2Stream,
) => ClientHttp2Stream

/**
 * From now on each call over node:http2 is made by `around`, but undici's, which are its own affair. Its channel
 * `http2.client.stream.created` comes too late: the headers are written by then.
 *
 * node:http2 is not loaded for it, which costs an app that has no use for it some milliseconds and megabytes: once it
 * is there, the next socket that connects finds it. Returns what takes the patch away again.
 */
export function patchHttp2Calls(around: AroundCall): () => void {
  if (isHttp2Loaded()) return patchSessions(around)
  let undo = patchConnect(() => {
    if (!isHttp2Loaded()) return
    undo()
    undo = patchSessions(around)
  })
  return () => undo()
}

function isHttp2Loaded(): boolean {
  const loaded: unknown = Reflect.get(process, 'moduleLoadList')
  return Array.isArray(loaded) && loaded.includes('NativeModule http2')
}

/** A session over TCP and over TLS connects a socket before it is there itself. */
function patchConnect(beforeConnect: () => void): () => void {
  const { connect } = Socket.prototype
  const patched = function (this: Socket, ...args: unknown[]) {
    beforeConnect()
    return Reflect.apply(connect, this, args)
  }
  Socket.prototype.connect = patched
  return () => {
    // Whoever patched it after us calls ours.
    if (Socket.prototype.connect === patched) Socket.prototype.connect = connect
  }
}

function patchSessions(around: AroundCall): () => void {
  const prototype = sessionPrototype()
  const { request } = prototype
  const patched: ClientHttp2Session['request'] = function (
    this: ClientHttp2Session,
    headers,
    ...options
  ) {
    const send = (headers: Http2Headers) => request.call(this, headers, ...options)
    return isHeaders(headers) && !isOfUndici(this) ? around(this, headers, send) : send(headers)
  }
  prototype.request = patched
  return () => {
    if (prototype.request === patched) prototype.request = request
  }
}

/** Node says what is wrong with any other. */
function isHeaders(headers: unknown): boolean {
  return headers === undefined || (typeof headers === 'object' && headers !== null)
}

/** node:http2 exports no class of its sessions: one that goes nowhere shows it. */
function sessionPrototype(): ClientHttp2Session {
  const { connect } = process.getBuiltinModule('node:http2')
  const session = connect('http://localhost', { createConnection: () => new Socket() })
  session.destroy()
  return Object.getPrototypeOf(session)
}

/** undici makes its calls when a connection is free, in whatever context; each has its headers and span by then. */
function isOfUndici(session: ClientHttp2Session): boolean {
  return Object.getOwnPropertySymbols(session).some(
    ({ description }) => description === 'open streams',
  )
}
