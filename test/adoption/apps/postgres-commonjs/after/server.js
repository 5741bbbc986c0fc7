const express = require('express')
const { Pool } = require('pg')
const { throughline } = require('throughline')

const { logger, requests, errors, closeInOrder } = throughline()
const pool = new Pool({ max: 1 })
const app = express()
app.use(requests)

app.get('/boxes/:id', async (req, res) => {
  const { rows } = await pool.query('SELECT $1::int AS box', [req.params.id])
  logger.info(rows[0], 'found')
  res.json(rows[0])
})

app.use(errors)
const server = app.listen(process.env.PORT ?? 3000)
closeInOrder(server, { close: [{ name: 'pool', close: () => pool.end() }] })
