import { EventEmitter, once } from 'node:events'
import type { TestContext } from 'node:test'
import { type Metadata, Server, ServerCredentials } from '@grpc/grpc-js'

const bytes = (all: Buffer) => all

/** What is sent to a collector: over gRPC and without TLS, on a free port until the end of the test. */
export async function startGrpcSink(t: TestContext) {
  const received: Metadata[] = []
  const arrivals = new EventEmitter()
  const server = new Server()
  const service = {
    Export: {
      path: '/opentelemetry.proto.collector.trace.v1.TraceService/Export',
      requestStream: false,
      responseStream: false,
      requestSerialize: bytes,
      requestDeserialize: bytes,
      responseSerialize: bytes,
      responseDeserialize: bytes,
    } as const,
  }
  server.addService(service, {
    Export(call: { metadata: Metadata }, answer: (error: null, value: Buffer) => void) {
      received.push(call.metadata)
      answer(null, Buffer.alloc(0))
      arrivals.emit('news')
    },
  })
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    )
  })
  t.after(() => server.forceShutdown())

  return {
    port,
    received,
    /** Resolves with the metadata of the first export. */
    async first(): Promise<Metadata> {
      for (;;) {
        const [metadata] = received
        if (metadata !== undefined) return metadata
        await once(arrivals, 'news')
      }
    },
  }
}
