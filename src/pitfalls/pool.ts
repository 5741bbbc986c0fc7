// A runnable lesson: who waits in a pool is called by the request that gives its place back.
import { AsyncResource } from 'node:async_hooks'
import { setImmediate as turn } from 'node:timers/promises'
import { getCorrelationId, runWithContext } from '../throughline/identity/context.ts'

const waiting: (() => void)[] = []
let isFree = true

function acquire(use: () => void): void {
  if (!isFree) {
    waiting.push(use)
    return
  }
  isFree = false
  use()
}

function release(): void {
  const next = waiting.shift()
  isFree = next === undefined
  next?.()
}

runWithContext({ correlationId: 'req-1', startedAt: Date.now() }, () => {
  acquire(() => setImmediate(release))
})
runWithContext({ correlationId: 'req-2', startedAt: Date.now() }, () => {
  acquire(() => {
    console.log(`UNBOUND callback of req-2 in a pool = ${getCorrelationId()}`)
    release()
  })
  const use = () => {
    console.log(`BOUND callback of req-2 in a pool   = ${getCorrelationId()}`)
    release()
  }
  acquire(AsyncResource.bind(use))
})
await turn()
