// A runnable lesson: an abort listener runs in the context of whoever aborts.
import { AsyncResource } from 'node:async_hooks'
import { getCorrelationId, runWithContext } from '../throughline/identity/context.ts'

const controller = new AbortController()

runWithContext({ correlationId: 'req-1', startedAt: Date.now() }, () => {
  controller.signal.addEventListener('abort', () => {
    console.log(`UNBOUND abort listener of req-1 = ${getCorrelationId()}`)
  })
  const listener = () => console.log(`BOUND abort listener of req-1   = ${getCorrelationId()}`)
  controller.signal.addEventListener('abort', AsyncResource.bind(listener))
})
runWithContext({ correlationId: 'req-2', startedAt: Date.now() }, () => controller.abort())
