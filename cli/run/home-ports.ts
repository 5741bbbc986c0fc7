import type { ViewerOptions } from '../../viewer/viewer.ts'
import { wholeNumber } from '../command/command.ts'

/** The ports where a trace backend is looked for, and else the viewer listens; 0 picks a free one, unasked. */
export type HomePorts = Required<Pick<ViewerOptions, 'uiPort' | 'otlpPort' | 'grpc'>>

export const PORTS_USAGE = `  --ui-port 16686    where a Jaeger or viewer is looked for, and else the viewer started; 0 picks a free port
  --otlp-port 4318   the same for where traces are sent
  --grpc-port 4317   where the viewer takes them over gRPC; unasked it does without where another has the port
  --help`

export const PORT_OPTIONS = {
  'ui-port': { type: 'string', default: '16686' },
  'otlp-port': { type: 'string', default: '4318' },
  'grpc-port': { type: 'string' },
} as const

type Values = Record<'ui-port' | 'otlp-port', string> & { 'grpc-port'?: string }

/** The ports that a command line names; throws Misuse where one is none. */
export function homePorts(values: Values): HomePorts {
  const uiPort = port('--ui-port', values['ui-port'])
  const otlpPort = port('--otlp-port', values['otlp-port'])
  const asked = values['grpc-port']
  // Next to a viewer on any free port there may be another, which has the ports that senders know.
  const grpcPort = port('--grpc-port', asked ?? (otlpPort === 0 ? '0' : '4317'))
  return { uiPort, otlpPort, grpc: { port: grpcPort, needed: asked !== undefined } }
}

function port(option: string, value: string): number {
  return wholeNumber(option, value, 0, 65_535)
}
