import express from 'express'
import { throughline } from 'throughline'

const { logger, requests, errors, closeInOrder } = throughline()
const app = express()
app.use(requests)

app.get('/horses/:id', (req, res) => {
  logger.info('turning')
  res.json({ horse: req.params.id })
})

app.use(errors)
closeInOrder(app.listen(process.env.PORT ?? 3000))
