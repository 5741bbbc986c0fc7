const express = require('express')
const letters = require('./letters')

const app = express()
app.use(express.json())
app.use('/letters', letters)

module.exports = app
