// A runnable lesson: a stream that is behind writes under the request whose chunk it wrote before.
import { AsyncResource } from 'node:async_hooks'
import { Writable } from 'node:stream'
import { finished } from 'node:stream/promises'
import { getCorrelationId, runWithContext } from '../throughline/identity/context.ts'

type Chunk = () => void

const stream = new Writable({
  objectMode: true,
  write(chunk: Chunk, _encoding, done) {
    chunk()
    setImmediate(done)
  },
})

runWithContext({ correlationId: 'req-1', startedAt: Date.now() }, () => stream.write(() => {}))
runWithContext({ correlationId: 'req-2', startedAt: Date.now() }, () => {
  stream.write(() => console.log(`UNBOUND chunk of req-2 = ${getCorrelationId()}`))
  const chunk = () => console.log(`BOUND chunk of req-2   = ${getCorrelationId()}`)
  stream.write(AsyncResource.bind(chunk))
})
stream.end()
await finished(stream)
