// Boxes in a PostgreSQL behind one connection: all queries but the first wait for it.
import { AsyncResource } from 'node:async_hooks'
import express from 'express'
import { Pool, type QueryResult } from 'pg'
import { throughline } from '../../../src/index.ts'
import { together } from './together.ts'

const { logger, requests, errors, closeInOrder } = throughline()
const pool = new Pool({ max: 1 })
const QUERY = 'SELECT 7 AS box'
const app = express().use(requests, together(3))

app.get('/awaited', async (_req, res) => {
  const { rows } = await pool.query(QUERY)
  logger.info('found')
  res.json(rows)
})

app.get('/called-back', (_req, res, next) => {
  pool.query(QUERY, (error: Error | undefined, result: QueryResult) => {
    if (error) return next(error)
    logger.info('found')
    res.json(result.rows)
  })
})

app.get('/bound', (_req, res, next) => {
  const found = AsyncResource.bind((error: Error | undefined, result: QueryResult) => {
    if (error) return next(error)
    logger.info('found')
    res.json(result.rows)
  })
  pool.query(QUERY, found)
})

app.use(errors)
closeInOrder(app.listen(Number(process.env.PORT), '127.0.0.1'), {
  close: [{ name: 'pool', close: () => pool.end() }],
})
