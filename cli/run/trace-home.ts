import { startViewer } from '../../viewer/viewer.ts'
import { type Answer, askForLogs, askForOtlp, askForUi } from '../trace/ask.ts'
import { freePort } from './free-port.ts'

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

/** The ports where a trace backend is looked for, and else the viewer listens; 0 picks a free one, unasked. */
export interface HomePorts {
  ui: number
  otlp: number
}

/** The Jaeger or viewer that answers on both ports; else a viewer of our own, next to whatever has one of them. */
export async function findOrStartHome(ports: HomePorts): Promise<TraceHome> {
  const ui = `http://localhost:${ports.ui}`
  const otlp = `http://localhost:${ports.otlp}`
  const [atUi, atOtlp] = await Promise.all([
    ports.ui === 0 ? nothing : askForUi(ui),
    ports.otlp === 0 ? nothing : askForOtlp(otlp),
  ])
  if (atUi.is !== 'expected' || atOtlp.is !== 'expected') {
    return startHome(
      { port: ports.ui, answer: atUi, expected: 'a trace UI', use: 'the viewer is' },
      { port: ports.otlp, answer: atOtlp, expected: 'an OTLP receiver', use: 'traces are taken' },
    )
  }
  const keepsLogs = (await askForLogs(ui)).is === 'expected'
  const remarks = [
    `A trace backend was already there on ${ports.ui} and ${ports.otlp}: it is used.`,
  ]
  return { ui, otlp, keepsLogs, remarks, close: async () => {} }
}

const nothing: Answer = { is: 'nothing' }

interface Place {
  port: number
  answer: Answer
  expected: string
  use: string
}

async function startHome(ui: Place, otlp: Place): Promise<TraceHome> {
  const uiPort = await portFor(ui)
  const viewer = await startViewer({ uiPort, otlpPort: await portFor(otlp) })
  const remarks = [...moved(ui, viewer.ui), ...moved(otlp, viewer.otlp)]
  return { ui: viewer.ui, otlp: viewer.otlp, close: viewer.close, keepsLogs: true, remarks }
}

/** What answered there may have only one of the machine's addresses, and would be shadowed on the other. */
function portFor({ port, answer }: Place): Promise<number> {
  return freePort(answer.is === 'nothing' ? port : 0, '127.0.0.1')
}

function moved({ port, answer, expected, use }: Place, url: string): string[] {
  if (port === 0 || url.endsWith(`:${port}`)) return []
  return [`Port ${port} is taken by ${holder(answer, expected)}: ${use} at ${url} instead.`]
}

function holder(answer: Answer, expected: string): string {
  if (answer.is === 'expected') return `${expected} that lacks its other half`
  return answer.is === 'other' ? answer.what : 'another process'
}
