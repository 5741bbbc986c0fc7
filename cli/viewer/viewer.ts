import closeWithGrace from 'close-with-grace'
import { pino } from 'pino'
import { startViewer } from '../../viewer/viewer.ts'
import { command, ownTerminal } from '../command/command.ts'
import { foreseen } from '../command/command-error.ts'
import { USAGE, viewerOptions } from './viewer-options.ts'

/** `throughline viewer`: resolves once it listens, and runs until a signal ends it. */
const viewer = command('viewer', USAGE, async (args) => {
  const logger = pino({ base: { name: 'viewer' } })
  const options = { ...viewerOptions(args), logger }
  // A taken port, or a file that cannot be read, is said in one line.
  const { ui, otlp, grpc, noGrpc, opened, close } = await startViewer(options).catch(foreseen)
  logger.info({ ui, otlp, grpc }, 'viewer listening')
  if (noGrpc !== undefined) logger.warn({ reason: noGrpc }, 'no OTLP over gRPC')
  for (const { file, traceIds, rejected, reason } of opened) {
    const [first] = traceIds
    const url = traceIds.length === 1 ? `${ui}/trace/${first}` : ui
    logger.info({ file, traces: traceIds.length, url }, 'opened')
    if (reason !== undefined)
      logger.warn({ file, rejected, reason }, 'a part of the file cannot be read')
  }
  closeWithGrace({ delay: 5000, logger }, async ({ err }) => {
    if (err) logger.fatal({ err }, 'viewer failed')
    await close()
  })
  return 0
})

export const main = (args: string[]): Promise<number> => viewer(args, ownTerminal())
