import { z } from 'zod'

const appLine = z.object({
  level: z.number(),
  msg: z.string().optional(),
  correlationId: z.string().optional(),
  trace_id: z.string().optional(),
  trace_url: z.url({ protocol: /^https?$/ }).optional(),
  port: z.number().optional(),
})

/** A log line that the app has written, as far as the commands read it, and as it is. */
export type AppLine = z.infer<typeof appLine> & { text: string }

/** A line of the app's output read as a log line; undefined where it is none. */
export function parseAppLine(text: string): AppLine | undefined {
  try {
    const { data } = appLine.safeParse(JSON.parse(text))
    return data && { ...data, text }
  } catch {
    return undefined // a stack, or what node says of a restart
  }
}
