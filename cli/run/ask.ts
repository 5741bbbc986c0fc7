import { z } from 'zod'

/** Who answers at a URL: nobody, what was asked for, or something else, and then what that does. */
export type Answerer = 'nobody' | 'expected' | { other: string }

const TIMEOUT_MS = 2000

const services = z.object({ services: z.array(z.string()).nullish() })
const logs = z.object({ result: z.object({ resourceLogs: z.array(z.unknown()) }) })
const anyObject = z.record(z.string(), z.unknown())

/** Whether Jaeger's v3 query API is at `url`; the viewer has it too. */
export function askForUi(url: string): Promise<Answerer> {
  return ask(`${url}/api/v3/services`, {}, services)
}

/** Whether the log lines of a trace can be had at `url`, as at the viewer; Jaeger keeps none. */
export function askForLogs(url: string): Promise<Answerer> {
  return ask(`${url}/api/logs?traceId=${'1'.repeat(32)}`, {}, logs)
}

/** Whether `url` takes spans over OTLP/HTTP as JSON; what it is sent has none. */
export function askForOtlp(url: string): Promise<Answerer> {
  const headers = { 'content-type': 'application/json' }
  const request = { method: 'POST', headers, body: '{"resourceSpans":[]}' }
  return ask(`${url}/v1/traces`, request, anyObject)
}

async function ask(url: string, request: RequestInit, expected: z.ZodType): Promise<Answerer> {
  try {
    const response = await fetch(url, { ...request, signal: AbortSignal.timeout(TIMEOUT_MS) })
    // A page is no JSON, say.
    const body: unknown = await response.json().catch(() => undefined)
    if (response.ok && expected.safeParse(body).success) return 'expected'
    return { other: `a server that answers ${response.status}` }
  } catch (error) {
    return isRefused(error) ? 'nobody' : { other: 'what does not answer HTTP' }
  }
}

function isRefused(error: unknown): boolean {
  if (!(error instanceof TypeError) || !(error.cause instanceof Error)) return false
  return 'code' in error.cause && error.cause.code === 'ECONNREFUSED'
}
