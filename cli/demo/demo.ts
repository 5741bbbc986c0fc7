import { readConfig } from '../../src/config.ts'
import { commandLine, ownFiles } from '../../src/throughline/settings/as-installed.ts'
import { loadEnvFile } from '../../src/throughline/settings/environment.ts'
import { command, ownTerminal, parseCommandLine } from '../command/command.ts'
import { ending } from '../command/ending.ts'
import { homePorts, PORT_OPTIONS, PORTS_USAGE } from '../run/home-ports.ts'
import { needExpress } from './express-here.ts'
import { show } from './show.ts'
import { onStage } from './stage.ts'

const USAGE = `Usage: ${commandLine('demo', '[--once] [--ui-port 16686] [--otlp-port 4318] [--grpc-port 4317]')}

Starts the viewer and the app, sends requests, and steps from one of their log lines to its trace.

  --once             end by itself: status 0 when the trace was found, else 1
${PORTS_USAGE}

The app listens on PORT (3000), or on a free port where that is taken; 0 picks a free one.`

const OPTIONS = { once: { type: 'boolean', default: false }, ...PORT_OPTIONS } as const

/**
 * `throughline demo`; resolves to its exit status once all that it started has ended: 0, or 1 where an app, or with
 * `--once` the way from a line to its trace, failed, or 2 for misuse.
 */
export const demo = command('demo', USAGE, async (args, terminal) => {
  const { values } = parseCommandLine({ args, options: OPTIONS }, USAGE)
  const home = homePorts(values)
  needExpress(ownFiles().root)
  const { port } = readConfig(terminal.env)
  try {
    return await onStage({ home, port }, terminal, (stage) => show(stage, terminal, values.once))
  } catch (error) {
    if (terminal.signal.aborted) return values.once ? 1 : 0
    throw error
  }
})

export function main(args: string[]): Promise<number> {
  loadEnvFile()
  return demo(args, ownTerminal(ending(process.stdout)))
}
