import { type AppOptions, type AppProcess, startApp } from '../run/app-process.ts'
import type { Ends } from '../run/ends.ts'
import { freePort } from '../run/free-port.ts'
import { findOrStartHome, type HomePorts, type TraceHome } from '../run/trace-home.ts'
import type { DemoTerminal } from './demo-command.ts'
import { APP_SERVICE, DOWNSTREAM_SERVICE, demoEnvironment } from './demo-environment.ts'

/** What the demo plays on, all of it running. */
export interface Stage {
  home: TraceHome
  app: RunningApp
  downstream: RunningApp
  /** What had to be done differently, a sentence each. */
  remarks: string[]
}

export interface RunningApp {
  process: AppProcess
  url: string
}

export interface StageOptions {
  home: HomePorts
  /** Where the app listens if it can. */
  port: number
  onLine(name: string, text: string): void
}

/** Starts the viewer, where none is there, then the downstream, then the app; `stack` ends them the other way round. */
export async function startStage(
  stack: Ends,
  options: StageOptions,
  { env, signal }: DemoTerminal,
): Promise<Stage> {
  const home = await findOrStartHome(options.home)
  stack.add(() => home.close())
  const start = (name: string, own: Parameters<typeof demoEnvironment>[2]) => {
    const onLine = (text: string) => options.onLine(name, text)
    return listening(stack, { name, env: demoEnvironment(env, home, own), onLine }, signal)
  }
  const downstream = await start('downstream', {
    PORT: '0',
    OTEL_SERVICE_NAME: DOWNSTREAM_SERVICE,
    DOWNSTREAM_URL: '',
  })
  const port = await freePort(options.port, '127.0.0.1')
  const app = await start('app', {
    PORT: String(port),
    OTEL_SERVICE_NAME: APP_SERVICE,
    DOWNSTREAM_URL: `${downstream.url}/echo`,
  })
  return { home, app, downstream, remarks: [...home.remarks, ...moved(options.port, port)] }
}

async function listening(
  stack: Ends,
  options: AppOptions,
  signal: AbortSignal,
): Promise<RunningApp> {
  signal.throwIfAborted()
  const process = startApp(options)
  stack.add(() => process.end())
  const { port } = await process.nextLine(({ msg }) => msg === 'listening', signal)
  return { process, url: `http://127.0.0.1:${port}` }
}

function moved(wanted: number, port: number): string[] {
  if (wanted === 0 || wanted === port) return []
  return [`Port ${wanted} is taken: the app listens on ${port} instead.`]
}
