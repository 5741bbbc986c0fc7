import express from 'express'
import { closeInOrder, errors, logger, requests } from './logger.js'

const app = express()
app.use(requests)

app.get('/ropes/:metres', (req, res) => {
  const rope = { metres: Number(req.params.metres) }
  const sale = logger.child({ clerk: 'Ida' })
  sale.audit({ rope, card: '4711', buyer: { email: 'a@b.test' } }, 'sold')
  res.json(rope)
})

app.use(errors)
closeInOrder(app.listen(process.env.PORT ?? 3000))
