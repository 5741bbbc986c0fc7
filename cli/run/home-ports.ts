import { integer } from '../../src/throughline/settings/environment.ts'
import { Misuse } from '../command/failure.ts'

/** The ports where a trace backend is looked for, and else the viewer listens; 0 picks a free one, unasked. */
export interface HomePorts {
  ui: number
  otlp: number
}

export const PORTS_USAGE = `  --ui-port 16686    where a Jaeger or viewer is looked for, and else the viewer started; 0 picks a free port
  --otlp-port 4318   the same for where traces are sent
  --help`

export const PORT_OPTIONS = {
  'ui-port': { type: 'string', default: '16686' },
  'otlp-port': { type: 'string', default: '4318' },
} as const

/** The ports that a command line names; throws Misuse where one is none. */
export function homePorts(values: Record<keyof typeof PORT_OPTIONS, string>): HomePorts {
  return { ui: port('ui-port', values), otlp: port('otlp-port', values) }
}

function port<T extends string>(option: T, { [option]: value }: Record<T, string>): number {
  const result = integer(0, 65_535).safeParse(value)
  if (result.success) return result.data
  throw new Misuse(`--${option}=${value}: expected a whole number from 0 to 65535`)
}
