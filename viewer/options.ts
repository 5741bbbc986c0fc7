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
const each = (what: string, read: (text: string) => string | undefined) =>
  z.array(z.string().transform(read).pipe(z.string(what))).default([])
const options = z.object({
  'ui-port': port.default(16_686),
  'otlp-port': port.default(4318),
  'grpc-port': port.optional(),
  db: z.string().min(1, 'must name a file').default(':memory:'),
  'max-spans': whole('a whole number of spans', 1, 1e9, '1 or more').default(200_000),
  // A string of JavaScript has not much more than half a billion characters.
  'max-body-mb': whole('a whole number of MiB', 1, 500, '1 to 500').default(64),
  'allow-origin': each(
    'must be an origin, as https://app.example or http://10.0.0.5:8080',
    originIn,
  ),
  'allow-host': each(
    'must be a name or an address without a port, as host.docker.internal',
    hostIn,
  ),
})

export interface ViewerOptions {
  uiPort: number
  otlpPort: number
  /** Where gRPC is taken; where that was not asked for, the viewer does without if another has the port. */
  grpc: { port: number; needed: boolean }
  db: string
  maxSpans: number
  /** Bytes of one request, after decompression. */
  maxBody: number
  /** Origins of pages that may send by script, beside this machine's. */
  allowOrigins: string[]
  /** Names under which it answers, beside this machine's. */
  allowHosts: string[]
  /** Files of saved traces, opened at the start. */
  files: string[]
}

const OPTIONS =
  '[--ui-port 16686] [--otlp-port 4318] [--grpc-port 4317] [--db FILE] [--max-spans 200000] [--max-body-mb 64] ' +
  '[--allow-origin https://app.example]… [--allow-host host.docker.internal]… [trace.json …]'

export const usage = `usage: ${commandLine('viewer', OPTIONS)}`

/** Reads the command line; throws an Error whose message is one line that names the wrong option. */
export function parseOptions(args: string[]): ViewerOptions {
  const { values, positionals: files } = parseArgs({ args, options: NAMES, allowPositionals: true })
  const result = options.safeParse(values)
  if (!result.success) {
    const { path = [], message } = result.error.issues[0] ?? {}
    const given = path.reduce((value: unknown, name) => Reflect.get(Object(value), name), values)
    throw new Error(`--${String(path[0])} ${message}, not "${given}"`)
  }
  return {
    uiPort: result.data['ui-port'],
    otlpPort: result.data['otlp-port'],
    grpc: grpcOf(result.data['otlp-port'], result.data['grpc-port']),
    db: result.data.db,
    maxSpans: result.data['max-spans'],
    maxBody: result.data['max-body-mb'] * 1024 * 1024,
    allowOrigins: result.data['allow-origin'],
    allowHosts: result.data['allow-host'],
    files,
  }
}

const NAMES = Object.fromEntries(
  Object.keys(options.shape).map((name) => {
    return [name, { type: 'string' as const, multiple: name.startsWith('allow-') }]
  }),
)

/** The origin as a browser sends it; undefined where the text is none. */
function originIn(text: string): string | undefined {
  if (!/^https?:\/\//i.test(text) || !URL.canParse(text)) return undefined
  const { href, origin } = new URL(text)
  return href === `${origin}/` ? origin : undefined
}

/** The name as a URL has it; undefined where the text is none, or more. */
function hostIn(text: string): string | undefined {
  const url = `http://${text}`
  const alone = /^([^\s:/?#@\\[\]]+|\[[\da-f:.]+\])$/i.test(text) && URL.canParse(url)
  return alone ? new URL(url).hostname : undefined
}

/** Where OTLP over HTTP is on any free port, gRPC is too: the ports that senders know are left to another viewer. */
const grpcOf = (otlpPort: number, asked: number | undefined): ViewerOptions['grpc'] => ({
  port: asked ?? (otlpPort === 0 ? 0 : 4317),
  needed: asked !== undefined,
})
