// A runnable lesson: a forked process knows no request but by a carrier in its message.
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { getCorrelationId, runWithContext } from '../throughline/identity/context.ts'
import { toCarrier } from '../throughline/jobs/carrier.ts'
import { runWithCarrier } from '../throughline/jobs/run-with-carrier.ts'

function log(form: string): void {
  console.log(`${form} = ${getCorrelationId()}`)
}

async function inChild(message: object): Promise<void> {
  const child = fork(import.meta.filename, ['child'])
  child.send(message)
  await once(child, 'exit')
}

if (process.argv[2] === 'child') {
  const [message] = await once(process, 'message')
  if (message.carrier === undefined) log('WITHOUT a carrier, in a process of req-1')
  else
    runWithCarrier(message.carrier, 'work', () => log('WITH a carrier, in a process of req-1   '))
  process.disconnect?.()
} else {
  await runWithContext({ correlationId: 'req-1', startedAt: Date.now() }, async () => {
    await inChild({})
    await inChild({ carrier: toCarrier() })
  })
}
