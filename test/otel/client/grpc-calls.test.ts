import assert from 'node:assert/strict'
import { AsyncLocalStorage } from 'node:async_hooks'
import { createRequire } from 'node:module'
import { test } from 'node:test'
import type * as Grpc from '@grpc/grpc-js'
import { GrpcCalls } from '../../../otel/client/grpc-calls.ts'
import { patch } from '../../../otel/patching/patching.ts'

const require = createRequire(import.meta.url)
patch([new GrpcCalls()])

test('calls over a @grpc/grpc-js that loads later go on in their own contexts', async (t) => {
  const grpc: typeof Grpc = require('@grpc/grpc-js')
  const server = new grpc.Server()
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync('127.0.0.1:0', grpc.ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    )
  })
  const client = new grpc.Client(`127.0.0.1:${port}`, grpc.credentials.createInsecure())
  t.after(() => {
    client.close()
    server.forceShutdown()
  })
  const store = new AsyncLocalStorage<string>()
  const bytes = (all: Buffer) => all
  const name = Buffer.from('x')

  const seen = await Promise.all(
    ['first', 'second', 'third'].map((request) =>
      store.run(request, () => {
        const { promise, resolve } = Promise.withResolvers<string | undefined>()
        // The server knows no method, which answers as well.
        client.makeUnaryRequest('/test.Echo/Any', bytes, bytes, name, () =>
          resolve(store.getStore()),
        )
        return promise
      }),
    ),
  )

  assert.deepEqual(seen, ['first', 'second', 'third'])
})
