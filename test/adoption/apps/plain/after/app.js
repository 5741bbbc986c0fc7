import express from 'express'
import { throughline } from 'throughline'

export const { logger, requests, errors, closeInOrder } = throughline()
export const app = express()

app.use(requests)

app.get('/tides/:harbour', async (req, res) => {
  logger.info(`tides of ${req.params.harbour}`)
  res.json({ harbour: req.params.harbour, high: '04:12' })
})

app.get('/drift', async () => {
  throw new Error('the buoy is adrift')
})

app.use(errors)
