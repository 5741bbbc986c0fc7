import { createServer, type Server as NetServer } from 'node:net'
import {
  Metadata,
  Server,
  ServerCredentials,
  ServerInterceptingCall,
  type ServerInterceptor,
  type ServerUnaryCall,
  type sendUnaryData,
} from '@grpc/grpc-js'
import type { Store } from '../store/store.ts'
import { failureOf } from './failure.ts'
import type { Held } from './held.ts'
import { readMessage, retryMessage, takenMessage } from './protobuf.ts'
import { type ReceiverLimits, withDefaults } from './receiver-limits.ts'
import { type Signal, signalsInto } from './signals.ts'

export interface GrpcReceiver {
  /** Takes the connections, once it listens. */
  server: NetServer
  /** Ends all connections, each after its calls in progress, and in `graceMs` milliseconds whatever they do. */
  drain(graceMs: number): void
}

/**
 * OTLP/gRPC without TLS, with messages as long as bodies over HTTP. No host is asked for here, as over HTTP: no browser
 * speaks HTTP/2 without TLS, so no page reaches it.
 * @see https://opentelemetry.io/docs/specs/otlp/#otlpgrpc
 */
export function createGrpcReceiver(store: Store, limits: ReceiverLimits = {}): GrpcReceiver {
  const { maxBody, maxPending, held } = withDefaults(limits)
  const server = new Server({
    'grpc.max_receive_message_length': maxBody,
    'grpc.max_concurrent_streams': maxPending,
    'grpc.enable_channelz': 0,
    interceptors: [withinShare(held, maxBody)],
  })
  for (const signal of signalsInto(store)) server.addService(definitionOf(signal), serving(signal))
  const connections = server.createConnectionInjector(ServerCredentials.createInsecure())
  return {
    server: createServer((socket) => connections.injectConnection(socket)),
    drain: (graceMs) => connections.drain(graceMs),
  }
}

const bytes = (all: Buffer) => all

/** The messages are read in the handler, whose failures say what they are. */
const definitionOf = ({ service }: Signal) => ({
  Export: {
    path: `/${service}/Export`,
    requestStream: false,
    responseStream: false,
    requestSerialize: bytes,
    requestDeserialize: bytes,
    responseSerialize: bytes,
    responseDeserialize: bytes,
  } as const,
})

const serving = (signal: Signal) => ({
  Export({ request }: ServerUnaryCall<Buffer, Buffer>, answer: sendUnaryData<Buffer>) {
    try {
      const { rejected, reason } = signal.take(readMessage(request, signal.request))
      answer(null, takenMessage(rejected, reason))
    } catch (error) {
      answer(statusOf(error))
    }
  },
})

/** Lets in as many calls at once as may have a message of that many bytes each: how long one gets nobody knows before. */
function withinShare(held: Held, maxBody: number): ServerInterceptor {
  return (_method, call) => {
    const { take, giveBack } = held.share()
    return new ServerInterceptingCall(call, {
      start: (next) =>
        next({
          onReceiveMetadata: (metadata, go) => {
            try {
              take(maxBody)
              go(metadata)
            } catch (error) {
              call.sendStatus(statusOf(error))
            }
          },
          // Of every call that has ended, however it did.
          onCancel: giveBack,
        }),
    })
  }
}

/** A call that may be tried again says when in its trailers. */
function statusOf(error: unknown) {
  const { code, message: details, retryAfter } = failureOf(error)
  const metadata = new Metadata()
  if (retryAfter !== undefined)
    metadata.set('grpc-status-details-bin', retryMessage(code, details, retryAfter))
  return { code, details, metadata }
}
