import closeWithGrace from 'close-with-grace'
import { pino } from 'pino'
import { parseOptions, usage, type ViewerOptions } from './options.ts'
import { startViewer } from './viewer.ts'

/** `throughline viewer`: runs until a signal ends it; resolves to a status where it cannot start. */
export async function main(args: string[]): Promise<number | undefined> {
  let options: ViewerOptions
  try {
    options = parseOptions(args)
  } catch (error) {
    return refuse(2, error, ` (${usage})`)
  }
  try {
    await run(options)
  } catch (error) {
    return refuse(1, error)
  }
  return undefined
}

async function run(options: ViewerOptions): Promise<void> {
  const logger = pino({ base: { name: 'viewer' } })
  const viewer = await startViewer({ ...options, logger })
  logger.info({ ui: viewer.ui, otlp: viewer.otlp, grpc: viewer.grpc }, 'viewer listening')
  if (viewer.noGrpc !== undefined) logger.warn({ reason: viewer.noGrpc }, 'no OTLP over gRPC')
  for (const { file, traceIds, rejected, reason } of viewer.opened) {
    const [first] = traceIds
    const url = traceIds.length === 1 ? `${viewer.ui}/trace/${first}` : viewer.ui
    logger.info({ file, traces: traceIds.length, url }, 'opened')
    if (reason !== undefined)
      logger.warn({ file, rejected, reason }, 'a part of the file cannot be read')
  }
  closeWithGrace({ delay: 5000, logger }, async ({ err }) => {
    if (err) logger.fatal({ err }, 'viewer failed')
    await viewer.close()
  })
}

function refuse(status: number, error: unknown, hint = ''): number {
  console.error(`viewer: ${error instanceof Error ? error.message : error}${hint}`)
  return status
}
