import { randomBytes } from 'node:crypto'
import type { Recorded } from './recorded.ts'

/** How many spans a trace has: those of one request and of what it calls. */
export const SPANS_A_TRACE = 4

/** Sends the export `times` times, each time as new traces of now, some at once; resolves when all is answered with 200. */
export async function replay(endpoints: readonly string[], recorded: Recorded, times: number) {
  const template = templateOf(recorded.body)
  let left = times
  const lane = async (endpoint: string) => {
    while (left-- > 0) await send(endpoint, template())
  }
  await Promise.all([...endpoints, ...endpoints].map(lane))
}

async function send(endpoint: string, body: string): Promise<void> {
  const headers = { 'content-type': 'application/json' }
  for (;;) {
    const answer = await fetch(`${endpoint}/v1/traces`, { method: 'POST', headers, body })
    const text = await answer.text()
    if (answer.ok) return
    if (![429, 502, 503, 504].includes(answer.status)) throw new Error(`${answer.status} ${text}`)
  }
}

/** The body with other ids at each call, every four spans one trace. */
function templateOf(body: string): () => string {
  const parts = body.split(/"(?:traceId|spanId)":"[\da-f]+"/)
  const names = body.match(/"(?:traceId|spanId)"(?=:"[\da-f]+")/g) ?? []
  return () => {
    let spans = 0
    let traceId = ''
    const ids = names.map((name) => {
      if (name === '"spanId"') return `${name}:"${randomBytes(8).toString('hex')}"`
      if (spans++ % SPANS_A_TRACE === 0) traceId = randomBytes(16).toString('hex')
      return `${name}:"${traceId}"`
    })
    return parts.map((part, n) => part + (ids[n] ?? '')).join('')
  }
}
