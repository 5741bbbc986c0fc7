import { z } from 'zod'

const TraceRequest = z.object({
  resourceSpans: z.array(
    z.object({ scopeSpans: z.array(z.object({ spans: z.array(z.unknown()) })) }),
  ),
})

/** How many spans an ExportTraceServiceRequest in OTLP's JSON has; throws where it is none. */
export function countJsonSpans(body: Buffer): number {
  const { resourceSpans } = TraceRequest.parse(JSON.parse(body.toString()))
  const scopes = resourceSpans.flatMap(({ scopeSpans }) => scopeSpans)
  return scopes.reduce((count, { spans }) => count + spans.length, 0)
}
