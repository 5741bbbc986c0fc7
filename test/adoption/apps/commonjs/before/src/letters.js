const { Router } = require('express')
const logger = require('./logger')

const router = Router()

router.get('/:id', (req, res) => {
  logger.info('reading', { letter: req.params.id })
  res.json({ id: req.params.id, text: 'Dear reader' })
})

router.get('/:id/scan', (req, res, next) => {
  setTimeout(() => next(new Error('the scanner is jammed')), 5)
})

module.exports = router
