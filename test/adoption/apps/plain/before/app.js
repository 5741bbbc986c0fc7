import express from 'express'

export const app = express()

app.get('/tides/:harbour', async (req, res) => {
  console.log(`tides of ${req.params.harbour}`)
  res.json({ harbour: req.params.harbour, high: '04:12' })
})

app.get('/drift', async () => {
  throw new Error('the buoy is adrift')
})
