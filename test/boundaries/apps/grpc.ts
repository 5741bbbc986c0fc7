// GET /greetings asks a gRPC service, and writes a line in the callback.
import { AsyncResource } from 'node:async_hooks'
import { setImmediate as turn } from 'node:timers/promises'
import { promisify } from 'node:util'
import {
  Client,
  credentials,
  type handleUnaryCall,
  Metadata,
  Server,
  ServerCredentials,
} from '@grpc/grpc-js'
import express from 'express'
import { runWithCarrier, throughline, toCarrier } from '../../../src/index.ts'
import { together } from './together.ts'

const { logger, requests, errors, closeInOrder } = throughline()

const encode = (text: string) => Buffer.from(text)
const decode = (bytes: Buffer) => String(bytes)
const greet = {
  path: '/Greeter/Greet',
  requestStream: false,
  responseStream: false,
  requestSerialize: encode,
  requestDeserialize: decode,
  responseSerialize: encode,
  responseDeserialize: decode,
}

/** Handles each call under the id of whoever calls, in a span that is a child of the caller's. */
function unary<Asked, Answer>(
  name: string,
  work: (asked: Asked) => Promise<Answer>,
): handleUnaryCall<Asked, Answer> {
  return (call, callback) => {
    const answer = () => work(call.request)
    runWithCarrier(call.metadata.getMap(), name, answer, { parent: true }).then(
      (value) => callback(null, value),
      callback,
    )
  }
}

/** What goes with each call. */
function identities(): Metadata {
  const metadata = new Metadata()
  for (const [name, value] of Object.entries(toCarrier())) metadata.set(name, value)
  return metadata
}

const greeter = new Server()
greeter.addService(
  { greet },
  {
    greet: unary('Greeter/Greet', async (name: string) => {
      await turn()
      logger.info('greeting')
      if (name === 'nobody') throw new Error('there is nobody')
      return `hello ${name}`
    }),
  },
)
const bind = Promise.withResolvers<number>()
greeter.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, port) =>
  error ? bind.reject(error) : bind.resolve(port),
)
const client = new Client(`127.0.0.1:${await bind.promise}`, credentials.createInsecure())

type Greeted = (error: Error | null, greeting?: string) => void

function ask(name: string, greeted: Greeted): void {
  client.makeUnaryRequest(greet.path, encode, decode, name, identities(), greeted)
}

const app = express().use(requests)
app.use(['/called-back', '/bound'], together(3))

app.get('/called-back/:name', (req, res, next) => {
  ask(req.params.name, (error, greeting) => {
    if (error) return next(error)
    logger.info('greeted')
    res.json(greeting)
  })
})

app.get('/bound/:name', (req, res, next) => {
  const greeted = AsyncResource.bind((error: Error | null, greeting?: string) => {
    if (error) return next(error)
    logger.info('greeted')
    res.json(greeting)
  })
  ask(req.params.name, greeted)
})

app.get('/awaited/:name', async (req, res) => {
  res.json(await promisify(ask)(req.params.name))
})

app.use(errors)
const close = () => {
  client.close()
  greeter.forceShutdown()
}
closeInOrder(app.listen(Number(process.env.PORT), '127.0.0.1'), {
  close: [{ name: 'greeter', close }],
})
