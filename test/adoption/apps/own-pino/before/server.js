import express from 'express'
import { logger } from './logger.js'

const app = express()

app.get('/ropes/:metres', (req, res) => {
  const rope = { metres: Number(req.params.metres) }
  const sale = logger.child({ clerk: 'Ida' })
  sale.trace({ rope, card: '4711', buyer: { email: 'a@b.test' } }, 'measured')
  if (rope.metres > 100) throw new Error('no rope is that long')
  sale.audit({ rope, card: '4711', buyer: { email: 'a@b.test' } }, 'sold')
  res.json(rope)
})

app.listen(process.env.PORT ?? 3000)
