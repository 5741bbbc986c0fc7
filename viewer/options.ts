import { parseArgs } from 'node:util'
import { z } from 'zod'
import { commandLine } from '../src/throughline/settings/as-installed.ts'

const whole = (what: string, min: number, max: number, range: string) =>
  z
    .string()
    .regex(/^\d+$/, `must be ${what}`)
    .transform(Number)
    .pipe(z.number().min(min, `must be ${range}`).max(max, `must be ${range}`))
const port = whole('a port number', 0, 65_535, '0 (any free port) to 65535')
const options = z.object({
  'ui-port': port.default(16_686),
  'otlp-port': port.default(4318),
  'grpc-port': port.optional(),
  db: z.string().min(1, 'must name a file').default(':memory:'),
  'max-spans': whole('a whole number of spans', 1, 1e9, '1 or more').default(200_000),
})

export interface ViewerOptions {
  uiPort: number
  otlpPort: number
  /** Where gRPC is taken; where that was not asked for, the viewer does without if another has the port. */
  grpc: { port: number; needed: boolean }
  db: string
  maxSpans: number
  /** Files of saved traces, opened at the start. */
  files: string[]
}

const OPTIONS =
  '[--ui-port 16686] [--otlp-port 4318] [--grpc-port 4317] [--db FILE] [--max-spans 200000] [trace.json …]'

export const usage = `usage: ${commandLine('viewer', OPTIONS)}`

/** Reads the command line; throws an Error whose message is one line that names the wrong option. */
export function parseOptions(args: string[]): ViewerOptions {
  const text = { type: 'string' } as const
  const names = {
    'ui-port': text,
    'otlp-port': text,
    'grpc-port': text,
    db: text,
    'max-spans': text,
  }
  const { values, positionals: files } = parseArgs({ args, options: names, allowPositionals: true })
  const result = options.safeParse(values)
  if (!result.success) {
    const issue = result.error.issues[0]
    const name = String(issue?.path[0])
    throw new Error(`--${name} ${issue?.message}, not "${Object(values)[name]}"`)
  }
  const { 'ui-port': uiPort, 'otlp-port': otlpPort, db, 'max-spans': maxSpans } = result.data
  const grpc = grpcOf(otlpPort, result.data['grpc-port'])
  return { uiPort, otlpPort, grpc, db, maxSpans, files }
}

/** Where OTLP over HTTP is on any free port, gRPC is too: the ports that senders know are left to another viewer. */
const grpcOf = (otlpPort: number, asked: number | undefined): ViewerOptions['grpc'] => ({
  port: asked ?? (otlpPort === 0 ? 0 : 4317),
  needed: asked !== undefined,
})
