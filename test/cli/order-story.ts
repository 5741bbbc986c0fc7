import { randomBytes } from 'node:crypto'
import { resourceSpans } from './checkout-trace.ts'

const spanId = (name: string) => Buffer.from(name.padEnd(8, '-')).toString('hex')

/**
 * An order's request, its job 12 ms later, linked to it, and a mail that the job sends under another correlation id:
 *
 *     POST /orders   shop      0..8
 *     orders         worker   12..40   linked to POST /orders
 *     mail           mailer   50..60   linked to orders
 */
export function orderStory(start: number, correlationId: string) {
  const newId = () => randomBytes(16).toString('hex')
  const ids = { request: newId(), job: newId(), mail: newId() }
  const request = { traceId: ids.request, spanId: spanId('request') }
  const job = { traceId: ids.job, spanId: spanId('job') }
  const mail = { traceId: ids.mail, spanId: spanId('mail') }
  const spans = [
    resourceSpans('shop', start, [
      { ...request, name: 'POST /orders', from: 0, to: 8, correlationId },
    ]),
    resourceSpans('worker', start, [
      { ...job, name: 'orders', from: 12, to: 40, correlationId, links: [request] },
    ]),
    resourceSpans('mailer', start, [
      {
        ...mail,
        name: 'mail',
        from: 50,
        to: 60,
        correlationId: `${correlationId}-mail`,
        links: [job],
      },
    ]),
  ]
  return { ids, body: { resourceSpans: spans } }
}
