// A runnable lesson: a worker has a store of its own, and knows no request but by a carrier in its message.
import { once } from 'node:events'
import { isMainThread, Worker, workerData } from 'node:worker_threads'
import { getCorrelationId, runWithContext } from '../throughline/identity/context.ts'
import { toCarrier } from '../throughline/jobs/carrier.ts'
import { runWithCarrier } from '../throughline/jobs/run-with-carrier.ts'

const file = new URL(import.meta.url)

function log(form: string): void {
  console.log(`${form} = ${getCorrelationId()}`)
}

if (isMainThread) {
  await runWithContext({ correlationId: 'req-1', startedAt: Date.now() }, async () => {
    await once(new Worker(file, { workerData: {} }), 'exit')
    await once(new Worker(file, { workerData: { carrier: toCarrier() } }), 'exit')
  })
} else if (workerData.carrier === undefined) log('WITHOUT a carrier, in a worker of req-1')
else
  runWithCarrier(workerData.carrier, 'work', () => log('WITH a carrier, in a worker of req-1   '))
