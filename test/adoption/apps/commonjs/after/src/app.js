const express = require('express')
const { throughline } = require('throughline')
const letters = require('./letters')

const { requests, errors, closeInOrder } = throughline()
const app = express()
app.use(requests)
app.use(express.json())
app.use('/letters', letters)
app.use(errors)

module.exports = app
module.exports.closeInOrder = closeInOrder
