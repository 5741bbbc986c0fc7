import express, { type Express, type RequestHandler } from 'express'
import type { OrderQueue } from './queue/order-queue.ts'
import { boom } from './routes/boom.ts'
import { echo } from './routes/echo.ts'
import { orders } from './routes/orders.ts'
import { proxy } from './routes/proxy.ts'
import { work } from './routes/work.ts'
import type { Throughline } from './throughline/throughline.ts'

export interface AppOptions extends Pick<Throughline, 'logger' | 'requests' | 'errors'> {
  /** What `/proxy` calls; asked for each time, since the app's own port is known only once it listens. */
  downstreamUrl: () => string
  /** Where `/orders` puts what it takes. */
  queue: Pick<OrderQueue, 'add'>
  /** More routes, behind the same middleware and in front of the same error handling. */
  routes?: RequestHandler[]
}

/** The app, apart from listening: its middleware in order, then its routes. */
export function createApp(options: AppOptions): Express {
  const { logger, requests, errors, downstreamUrl, queue, routes = [] } = options
  const app = express()
  app.disable('x-powered-by')
  // A hash of each answer, for answers that are never the same twice.
  app.disable('etag')
  app.use(requests)
  app.use(express.json({ limit: '100kb' }))

  app.get('/work', work(logger))
  app.get('/boom', boom)
  app.get('/proxy', proxy(downstreamUrl))
  app.get('/echo', echo)
  app.post('/orders', orders(queue, logger))
  for (const route of routes) app.use(route)

  app.use(errors)
  return app
}
