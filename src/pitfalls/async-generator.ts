// A runnable lesson: the body of an async generator runs in the context of whoever asks for the next value.
import { AsyncResource } from 'node:async_hooks'
import { getCorrelationId, runWithContext } from '../throughline/identity/context.ts'

async function* rows(form: string) {
  console.log(`${form} = ${getCorrelationId()}`)
  yield 'row'
}

const { unbound, bound } = runWithContext({ correlationId: 'req-1', startedAt: Date.now() }, () => {
  const unbound = rows('UNBOUND generator of req-1')
  const bound = rows('BOUND generator of req-1  ')
  return { unbound: () => unbound.next(), bound: AsyncResource.bind(() => bound.next()) }
})
await runWithContext({ correlationId: 'req-2', startedAt: Date.now() }, async () => {
  await unbound()
  await bound()
})
