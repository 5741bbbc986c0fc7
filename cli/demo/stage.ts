import type { Terminal } from '../command/command.ts'
import { appPort } from '../run/app-port.ts'
import { type AppProcess, withApp } from '../run/app-process.ts'
import type { HomePorts } from '../run/home-ports.ts'
import { findOrStartHome, type TraceHome } from '../run/trace-home.ts'
import {
  APP_SERVICE,
  DOWNSTREAM_SERVICE,
  demoEnvironment,
  type OwnVariables,
} from './demo-environment.ts'
import { type DemoLines, demoLines } from './demo-lines.ts'

/** What the demo plays on, all of it running. */
export interface Stage {
  home: TraceHome
  app: RunningApp
  downstream: RunningApp
  lines: DemoLines
  /** What had to be done differently, a sentence each. */
  remarks: string[]
}

interface RunningApp {
  process: AppProcess
  url: string
}

/** Starts the viewer, where none is there, then the downstream, then the app; once `play` is over ends them the other way round. */
export async function onStage<T>(
  options: { home: HomePorts; port: number },
  { stdout, paint, env, signal }: Terminal,
  play: (stage: Stage) => Promise<T>,
): Promise<T> {
  const lines = demoLines(stdout, paint)
  const home = await findOrStartHome(options.home)
  const running = (name: string, own: OwnVariables, use: (app: RunningApp) => Promise<T>) => {
    signal.throwIfAborted()
    const onLine = (text: string) => lines.take(name, text)
    const app = { name, env: demoEnvironment(env, home, own), onLine, signal }
    return withApp(app, async (process) => {
      const { port } = await process.nextLine(({ msg }) => msg === 'listening')
      return use({ process, url: `http://127.0.0.1:${port}` })
    })
  }
  try {
    const called = { PORT: '0', OTEL_SERVICE_NAME: DOWNSTREAM_SERVICE, DOWNSTREAM_URL: '' }
    return await running('downstream', called, async (downstream) => {
      const { port, remarks } = await appPort(options.port, '127.0.0.1')
      const DOWNSTREAM_URL = `${downstream.url}/echo`
      const calling = { PORT: String(port), OTEL_SERVICE_NAME: APP_SERVICE, DOWNSTREAM_URL }
      const stage = { home, downstream, lines, remarks: [...home.remarks, ...remarks] }
      return running('app', calling, (app) => play({ ...stage, app }))
    })
  } finally {
    await home.close()
  }
}
