import { commandLine } from '../../src/throughline/settings/as-installed.ts'
import { integer } from '../../src/throughline/settings/environment.ts'
import { Misuse, parseCommandLine } from './misuse.ts'
import type { HomePorts } from './trace-home.ts'

/** What `demo` and `dev` were asked to do. */
export interface RunOptions {
  /** Whether the demo ends by itself. */
  once: boolean
  help: boolean
  home: HomePorts
}

const PORTS = `  --ui-port 16686    where a Jaeger or viewer is looked for, and else the viewer started; 0 picks a free port
  --otlp-port 4318   the same for where traces are sent
  --help`

export const USAGE = {
  demo: `Usage: ${commandLine('demo', '[--once] [--ui-port 16686] [--otlp-port 4318]')}

Starts the viewer and the app, sends requests, and steps from one of their log lines to its trace.

  --once             end by itself: status 0 when the trace was found, else 1
${PORTS}

The app listens on PORT (3000), or on a free port where that is taken; 0 picks a free one.`,

  dev: `Usage: npm run dev -- [--ui-port 16686] [--otlp-port 4318]

Runs the viewer, and the app anew after each change, with readable log lines that link to their traces.

${PORTS}

The app has its variables as under npm start, and a free port where PORT is taken. Where they say how traces
leave (OTEL_EXPORTER_OTLP_ENDPOINT or _PROTOCOL), no viewer is started.`,
}

/** Reads the command line; throws Misuse where it makes no sense. */
export function runOptions(args: string[], command: keyof typeof USAGE): RunOptions {
  const { values } = parseCommandLine({ args, options: OPTIONS }, USAGE[command])
  if (values.once && command === 'dev') throw new Misuse(`no --once here\n\n${USAGE.dev}`)
  return {
    once: values.once,
    help: values.help,
    home: {
      ui: port('--ui-port', values['ui-port']),
      otlp: port('--otlp-port', values['otlp-port']),
    },
  }
}

const OPTIONS = {
  once: { type: 'boolean', default: false },
  'ui-port': { type: 'string', default: '16686' },
  'otlp-port': { type: 'string', default: '4318' },
  help: { type: 'boolean', short: 'h', default: false },
} as const

function port(option: string, value: string): number {
  const result = integer(0, 65_535).safeParse(value)
  if (result.success) return result.data
  throw new Misuse(`${option}=${value}: expected a whole number from 0 to 65535`)
}
