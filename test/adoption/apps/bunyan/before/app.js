const express = require('express')
const { Desks } = require('./desks.js')
const { audit, log } = require('./log.js')

const app = express()
const desks = new Desks('left')

app.get('/letters/:id', (req, res) => {
  const { id } = req.params
  log.info({ letter: id }, 'waiting')
  desks.acquire((desk) => {
    log.child({ desk }).info({ letter: id }, 'stamping')
    audit(`stamped ${id}`)
    setTimeout(() => {
      res.json({ letter: id })
      desks.release(desk)
    }, 2)
  })
})

module.exports = app
