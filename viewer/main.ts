import closeWithGrace from 'close-with-grace'
import { pino } from 'pino'
import { parseOptions, usage } from './options.ts'
import { startViewer } from './viewer.ts'

const logger = pino({ base: { name: 'viewer' } })

function exit(status: number, error: unknown, hint = ''): never {
  console.error(`viewer: ${error instanceof Error ? error.message : error}${hint}`)
  process.exit(status)
}

const options = (() => {
  try {
    return parseOptions(process.argv.slice(2))
  } catch (error) {
    return exit(2, error, ` (${usage})`)
  }
})()
const viewer = await startViewer(options).catch((error: unknown) => exit(1, error))

logger.info({ ui: viewer.ui, otlp: viewer.otlp }, 'viewer listening')
closeWithGrace({ delay: 5000, logger }, async ({ err }) => {
  if (err) logger.fatal({ err }, 'viewer failed')
  await viewer.close()
})
