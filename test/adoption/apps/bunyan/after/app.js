const { AsyncResource } = require('node:async_hooks')
const express = require('express')
const { Desks } = require('./desks.js')
const { audit, log } = require('./log.js')
const { errors, requests } = require('./observed.js')

const app = express()
const desks = new Desks('left')
app.use(requests)

app.get('/letters/:id', (req, res) => {
  const { id } = req.params
  log.info({ letter: id }, 'waiting')
  const stamp = AsyncResource.bind((desk) => {
    log.child({ desk }).info({ letter: id }, 'stamping')
    audit(`stamped ${id}`)
    setTimeout(() => {
      res.json({ letter: id })
      desks.release(desk)
    }, 2)
  })
  desks.acquire(stamp)
})

app.use(errors)

module.exports = app
