// A runnable lesson: a listener runs in the context of whoever emits, not of whoever subscribed.
import { AsyncResource } from 'node:async_hooks'
import { EventEmitter } from 'node:events'
import { getCorrelationId, runWithContext } from './throughline/identity/context.ts'

const emitter = new EventEmitter()

runWithContext({ correlationId: 'req-1', startedAt: Date.now() }, () => {
  emitter.on('unbound', () => console.log(`UNBOUND listener store = ${getCorrelationId()}`))
})
runWithContext({ correlationId: 'req-2', startedAt: Date.now() }, () => {
  const listener = () => console.log(`BOUND listener store   = ${getCorrelationId()}`)
  emitter.on('bound', AsyncResource.bind(listener))
})

// Outside both requests, as a timer, a connection pool or a message broker would do.
emitter.emit('unbound')
emitter.emit('bound')
