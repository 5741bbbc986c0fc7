import { z } from 'zod'

const logLine = z.object({
  level: z.number(),
  msg: z.string().optional(),
  correlationId: z.string().optional(),
  trace_id: z.string().optional(),
  trace_url: z.url({ protocol: /^https?$/ }).optional(),
  port: z.number().optional(),
})

/** A log line of the app, as far as the commands read it, and as it is. */
export type LogLine = z.infer<typeof logLine> & { text: string }

/** A line of the app's output read as a log line; undefined where it is none. */
export function parseLogLine(text: string): LogLine | undefined {
  try {
    const { data } = logLine.safeParse(JSON.parse(text))
    return data && { ...data, text }
  } catch {
    return undefined // a stack, or what node says of a restart
  }
}
