import getPort from 'get-port'
import { startViewer } from '../../viewer/viewer.ts'
import { foreseen } from '../command/command-error.ts'
import { type Answerer, askForLogs, askForOtlp, askForUi } from './ask.ts'
import type { HomePorts } from './home-ports.ts'

/** Where the traces of a run go, and where they are seen. */
export interface TraceHome {
  /** Base URLs of the trace UI with its query API, and of the OTLP/HTTP receiver. */
  ui: string
  otlp: string
  /** Whether it keeps log records too; Jaeger does not. */
  keepsLogs: boolean
  /** What was found or had to be done differently, a sentence each. */
  remarks: string[]
  /** Ends the viewer, where it is ours. */
  close(): Promise<void>
}

/** The Jaeger or viewer that answers on both ports; else a viewer of our own, next to whatever has one of them. */
export async function findOrStartHome(ports: HomePorts): Promise<TraceHome> {
  const ui = `http://localhost:${ports.uiPort}`
  const otlp = `http://localhost:${ports.otlpPort}`
  const [atUi, atOtlp] = await Promise.all([
    ports.uiPort === 0 ? nobody : askForUi(ui),
    ports.otlpPort === 0 ? nobody : askForOtlp(otlp),
  ])
  if (atUi === 'expected' && atOtlp === 'expected') {
    const keepsLogs = (await askForLogs(ui)) === 'expected'
    const found = `A trace backend was already there on ${ports.uiPort} and ${ports.otlpPort}: it is used.`
    return { ui, otlp, keepsLogs, remarks: [found], close: async () => {} }
  }
  const viewer = await startViewer({
    uiPort: await portFor(ports.uiPort, atUi),
    otlpPort: await portFor(ports.otlpPort, atOtlp),
    grpc: ports.grpc,
  }).catch(foreseen)
  const remarks = [
    ...moved(ports.uiPort, holder(atUi, 'a trace UI'), 'the viewer is', viewer.ui),
    ...moved(ports.otlpPort, holder(atOtlp, 'an OTLP receiver'), 'traces are taken', viewer.otlp),
    ...(viewer.noGrpc === undefined ? [] : [`No OTLP over gRPC: ${viewer.noGrpc}.`]),
  ]
  return { ui: viewer.ui, otlp: viewer.otlp, keepsLogs: true, remarks, close: viewer.close }
}

const nobody: Answerer = 'nobody'

/** What answered there may have only one of the machine's addresses, and would be shadowed on the other. */
function portFor(port: number, answer: Answerer): Promise<number> {
  return getPort({ port: answer === 'nobody' ? port : 0, host: '127.0.0.1' })
}

function moved(port: number, holder: string, use: string, url: string): string[] {
  if (port === 0 || url.endsWith(`:${port}`)) return []
  return [`Port ${port} is taken by ${holder}: ${use} at ${url} instead.`]
}

function holder(answer: Answerer, expected: string): string {
  if (answer === 'expected') return `${expected} that lacks its other half`
  return answer === 'nobody' ? 'another process' : answer.other
}
