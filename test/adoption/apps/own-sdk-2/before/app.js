const express = require('express')

const app = express()

app.get('/crossings/:id', async (req, res) => {
  console.log('asking for the tide')
  const tide = await fetch(`http://localhost:${req.socket.localPort}/tide`)
  res.json({ id: req.params.id, ...(await tide.json()) })
})

app.get('/tide', (_req, res) => res.json({ metres: 2 }))

app.get('/storm', async () => {
  throw new Error('the ferry is not running')
})

module.exports = app
