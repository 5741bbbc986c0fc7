import { commandLine } from '../../src/throughline/settings/as-installed.ts'
import { parseCommandLine, wholeNumber } from '../command/command.ts'
import { Misuse } from '../command/command-error.ts'
import { homePorts, PORT_OPTIONS } from '../run/home-ports.ts'

export const USAGE = `Usage: ${commandLine('viewer', '[trace.json …]')}

Takes traces and log lines from this machine and shows them; opens files that were saved by it or by Jaeger's API.

  --ui-port 16686    where its pages are; 0 picks a free port, for each of these
  --otlp-port 4318   where OTLP is taken over HTTP
  --grpc-port 4317   where it is taken over gRPC; unasked it does without where another has the port
  --db FILE          keeps what it has over a restart
  --max-spans 200000 how many are kept, the oldest go first
  --max-body-mb 64   how large a request may be, in MiB
  --allow-origin https://app.example     pages that may send by script, beside this machine's; any number of times
  --allow-host host.docker.internal      a name that it answers to, beside this machine's; any number of times
  --help

Exit status: 1 where it cannot start, 2 misuse.`

const OPTIONS = {
  ...PORT_OPTIONS,
  db: { type: 'string', default: ':memory:' },
  'max-spans': { type: 'string', default: '200000' },
  'max-body-mb': { type: 'string', default: '64' },
  'allow-origin': { type: 'string', multiple: true },
  'allow-host': { type: 'string', multiple: true },
} as const

/** Reads the command line as options of `startViewer`; throws Misuse where it makes no sense. */
export function viewerOptions(args: string[]) {
  const config = { args, options: OPTIONS, allowPositionals: true } as const
  const { values, positionals: files } = parseCommandLine(config, USAGE)
  if (values.db === '') throw new Misuse('--db=: expected the name of a file')
  // A string of JavaScript has not much more than half a billion characters.
  const mebibytes = wholeNumber('--max-body-mb', values['max-body-mb'], 1, 500)
  return {
    ...homePorts(values),
    db: values.db,
    maxSpans: wholeNumber('--max-spans', values['max-spans'], 1, 1e9),
    maxBody: mebibytes * 1024 * 1024,
    allowOrigins: (values['allow-origin'] ?? []).map(originIn),
    allowHosts: (values['allow-host'] ?? []).map(hostIn),
    files,
  }
}

/** The origin as a browser sends it. */
function originIn(text: string): string {
  const url = /^https?:\/\//i.test(text) ? URL.parse(text) : null
  if (url !== null && url.href === `${url.origin}/`) return url.origin
  throw new Misuse(
    `--allow-origin=${text}: expected an origin, as https://app.example or http://10.0.0.5:8080`,
  )
}

/** The name as a URL has it. */
function hostIn(text: string): string {
  const url = `http://${text}`
  if (/^([^\s:/?#@\\[\]]+|\[[\da-f:.]+\])$/i.test(text) && URL.canParse(url)) {
    return new URL(url).hostname
  }
  throw new Misuse(
    `--allow-host=${text}: expected a name or an address without a port, as host.docker.internal`,
  )
}
