const express = require('express')
const { errors, logger, requests } = require('./observed.js')

const app = express()
app.use(requests)

app.get('/crossings/:id', async (req, res) => {
  logger.info('asking for the tide')
  const tide = await fetch(`http://localhost:${req.socket.localPort}/tide`)
  res.json({ id: req.params.id, ...(await tide.json()) })
})

app.get('/tide', (_req, res) => res.json({ metres: 2 }))

app.get('/storm', async () => {
  throw new Error('the ferry is not running')
})

app.use(errors)

module.exports = app
