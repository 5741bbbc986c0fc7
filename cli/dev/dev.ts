import { createSupportsHyperlinks } from 'supports-hyperlinks'
import { readConfig } from '../../src/config.ts'
import { loadEnvFile } from '../../src/throughline/settings/environment.ts'
import { command, ownTerminal, parseCommandLine, type Terminal } from '../command/command.ts'
import { ending } from '../command/ending.ts'
import { wantsColor } from '../command/paint.ts'
import { appEnvironment, tracesGoElsewhere } from '../run/app-environment.ts'
import { appPort } from '../run/app-port.ts'
import { withApp } from '../run/app-process.ts'
import { homePorts, PORT_OPTIONS, PORTS_USAGE } from '../run/home-ports.ts'
import { findOrStartHome } from '../run/trace-home.ts'
import { prettyLines } from './pretty-lines.ts'

const USAGE = `Usage: npm run dev -- [--ui-port 16686] [--otlp-port 4318] [--grpc-port 4317]

Runs the viewer, and the app anew after each change, with readable log lines that link to their traces.

${PORTS_USAGE}

The app has its variables as under npm start, and a free port where PORT is taken. Where they say how traces
leave (OTEL_EXPORTER_OTLP_ENDPOINT or _PROTOCOL), no viewer is started.`

/**
 * By folder: of an app that cannot start node does not always learn which files it would have imported, and would wait
 * for ever. Preserved, since a cleared screen would take the lines away that led to the change.
 */
const WATCH = ['--watch-path=src', '--watch-path=otel', '--watch-preserve-output']

/**
 * `npm run dev`: runs until it is told to end, and resolves to its exit status once all that it started has ended: 0,
 * or 1 where the environment is bad or the watch fails, or 2 for misuse. The viewer stays while the app comes and goes,
 * so the traces from before a change are still there after it.
 */
const dev = command('dev', USAGE, async (args, terminal) => {
  const { env, stdout, signal } = terminal
  const ports = homePorts(parseCommandLine({ args, options: PORT_OPTIONS }, USAGE).values)
  const config = readConfig(env)
  const elsewhere = tracesGoElsewhere(env)
  const home = elsewhere === undefined ? await findOrStartHome(ports) : undefined
  try {
    const { port, remarks } = await appPort(config.port, config.host)
    const introduction = [
      home ? `traces  ${home.ui}` : `traces  as ${elsewhere} says: no viewer is started`,
      `app     http://localhost:${port}`,
      ...(home?.remarks ?? []),
      ...remarks,
      'The app starts anew after each change. Ctrl-C ends it all.',
    ]
    stdout.write(`${introduction.join('\n')}\n\n`)
    // The same over restarts.
    const PORT = String(port)
    if (!signal.aborted) await watch(appEnvironment({ ...env, PORT }, home), terminal)
  } finally {
    await home?.close()
  }
  return 0
})

async function watch(appEnv: NodeJS.ProcessEnv, terminal: Terminal): Promise<void> {
  const { env, stdout, signal } = terminal
  const hyperlinks = createSupportsHyperlinks(stdout)
  const pretty = prettyLines({ colors: wantsColor(stdout, env), hyperlinks })
  const onLine = (text: string) => stdout.write(pretty(text))
  const app = { name: 'watch', nodeOptions: WATCH, env: appEnv, onLine, signal }
  await withApp(app, ({ untilTold }) => untilTold())
}

loadEnvFile()
process.exitCode = await dev(process.argv.slice(2), ownTerminal(ending(process.stdout)))
