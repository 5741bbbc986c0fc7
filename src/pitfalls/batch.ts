// A runnable lesson: what a shared timer runs belongs to the request that started the timer.
import { AsyncResource } from 'node:async_hooks'
import { setImmediate as turn } from 'node:timers/promises'
import { getCorrelationId, runWithContext } from '../throughline/identity/context.ts'

let batch: (() => void)[] = []

function addToBatch(task: () => void): void {
  if (batch.push(task) === 1) setImmediate(flush)
}

function flush(): void {
  const tasks = batch
  batch = []
  for (const task of tasks) task()
}

runWithContext({ correlationId: 'req-1', startedAt: Date.now() }, () => addToBatch(() => {}))
runWithContext({ correlationId: 'req-2', startedAt: Date.now() }, () => {
  addToBatch(() => console.log(`UNBOUND task of req-2 in a batch = ${getCorrelationId()}`))
  const task = () => console.log(`BOUND task of req-2 in a batch   = ${getCorrelationId()}`)
  addToBatch(AsyncResource.bind(task))
})
await turn()
