import express = require('express')

import { pino } from 'pino'
import { identities, throughline } from 'throughline'

const ours = pino({ mixin: identities, customLevels: { audit: 35 } })
const { logger, requests, errors, closeInOrder } = throughline({ logger: ours })
logger.audit('an own level stays')

const app = express()
app.use(requests)
app.get('/items', (req, res) => {
  logger.info({ ids: req.ip }, 'listing')
  res.json([])
})
app.use(errors)
closeInOrder(app.listen(3000))
