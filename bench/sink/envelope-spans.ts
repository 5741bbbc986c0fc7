import { z } from 'zod'

const LINE_FEED = 0x0a
const ItemHeader = z.object({ type: z.string(), length: z.number().optional() })
const Transaction = z.object({ spans: z.array(z.unknown()).default([]) })
const Spans = z.object({ items: z.array(z.unknown()) })

/**
 * How many spans a Sentry envelope has: a transaction is one and has more in it, and spans also come by themselves
 * (https://develop.sentry.dev/sdk/foundations/transport/envelopes/); throws where it is no envelope.
 */
export function countEnvelopeSpans(body: Buffer): number {
  let count = 0
  let at = endOfLine(body, 0) + 1
  while (at < body.length) {
    const endOfHeader = endOfLine(body, at)
    const { type, length } = ItemHeader.parse(JSON.parse(body.toString('utf8', at, endOfHeader)))
    const start = endOfHeader + 1
    const end = length === undefined ? endOfLine(body, start) : start + length
    if (type === 'transaction')
      count += 1 + Transaction.parse(payload(body, start, end)).spans.length
    if (type === 'span') count += Spans.parse(payload(body, start, end)).items.length
    at = end + 1
  }
  return count
}

function payload(body: Buffer, start: number, end: number): unknown {
  return JSON.parse(body.toString('utf8', start, end))
}

function endOfLine(body: Buffer, from: number): number {
  const found = body.indexOf(LINE_FEED, from)
  return found === -1 ? body.length : found
}
