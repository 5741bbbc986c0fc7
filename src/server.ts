import { createApp } from './app.ts'
import { readConfig } from './config.ts'
import { processOrder } from './orders.ts'
import { openOrderQueue } from './queue/open-order-queue.ts'
import { createHttpServer } from './throughline/server/http-server.ts'
import { portOf } from './throughline/server/listen.ts'
import { loadEnvFile, readOrExit } from './throughline/settings/environment.ts'
import { throughline } from './throughline/throughline.ts'

async function main(): Promise<void> {
  loadEnvFile()
  const config = readOrExit(() => readConfig(process.env))
  const { logger, requests, errors, closeInOrder } = throughline({
    logger: { level: config.logLevel },
  })

  const queue = await openOrderQueue({
    redisUrl: config.redisUrl,
    process: processOrder(logger),
    logger,
  })
  const app = createApp({
    logger,
    requests,
    errors,
    queue,
    downstreamUrl: () => config.downstreamUrl ?? `http://127.0.0.1:${portOf(server)}/echo`,
  })
  const server = createHttpServer(app, logger)
  closeInOrder(server.listen(config.port, config.host), {
    close: [{ name: 'orders queue', closeWithin: (ms) => queue.close(ms) }],
  })
}

main()
