import express, { type Express, type NextFunction, type Request, type Response } from 'express'
import { z } from 'zod'
import { logger } from './logger.js'

const Order = z.object({ isbn: z.string().length(13), copies: z.number().int().min(1) })

export function createApp(): Express {
  const app = express()
  app.use(express.json())

  app.get('/books/:isbn', (req, res) => {
    logger.info({ isbn: req.params.isbn }, 'looking up')
    res.json({ isbn: req.params.isbn, title: 'The Go-Between' })
  })

  app.post('/orders', (req, res) => {
    const order = Order.safeParse(req.body)
    if (!order.success) {
      res.status(400).json({ error: order.error.issues })
      return
    }
    logger.info({ order: order.data, password: 'hunter2' }, 'ordered')
    res.status(201).json({ ordered: order.data.copies })
  })

  app.get('/broken', async () => {
    throw new Error('the press is on fire')
  })

  app.use((_error: Error, _req: Request, res: Response, _next: NextFunction) => {
    res.status(500).json({ message: 'sorry' })
  })
  return app
}
