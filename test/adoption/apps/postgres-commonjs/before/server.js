const express = require('express')
const { Pool } = require('pg')

const pool = new Pool({ max: 1 })
const app = express()

app.get('/boxes/:id', async (req, res) => {
  const { rows } = await pool.query('SELECT $1::int AS box', [req.params.id])
  console.log('found', rows[0])
  res.json(rows[0])
})

app.listen(process.env.PORT ?? 3000)
