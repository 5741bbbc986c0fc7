import type { TestContext } from 'node:test'
import { type AppOptions, type Line, startApp } from './app-process.ts'
import { type Sink, startSink } from './sink.ts'

/** The app in a process of its own, exporting to a sink of its own, or to `sink`. */
export async function observedApp(
  t: TestContext,
  { sink, env, ...options }: AppOptions & { sink?: Sink } = {},
) {
  const collector = sink ?? (await startSink(t))
  const app = await startApp(t, {
    ...options,
    env: { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, ...env },
  })

  /** The answer to a request with this correlation id, its body read. */
  async function request(path: string, correlationId?: string, init: RequestInit = {}) {
    const headers = new Headers(init.headers)
    if (correlationId !== undefined) headers.set('x-correlation-id', correlationId)
    const response = await fetch(app.url + path, { ...init, headers })
    return { status: response.status, headers: response.headers, body: await response.text() }
  }

  return { ...app, sink: collector, spans: collector.spans, request }
}

/** The lines that were written in a request. */
export function requestLines(lines: readonly Line[]): Line[] {
  return lines.filter((line) => 'correlationId' in line || 'trace_id' in line)
}

/** What a line says it belongs to, in the order of the contract. */
export function identitiesOf(line: Line): unknown[] {
  return [line.correlationId, line.trace_id, line.span_id, line.trace_flags]
}
