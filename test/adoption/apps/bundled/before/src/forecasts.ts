import { Router } from 'express'

export const forecasts = Router()

forecasts.get('/:town', (req, res) => {
  console.log('asked for', req.params.town)
  res.json({ town: req.params.town, sky: 'grey' })
})
