import express from 'express'

const app = express()

app.get('/horses/:id', (req, res) => {
  console.log('turning')
  res.json({ horse: req.params.id })
})

app.listen(process.env.PORT ?? 3000)
