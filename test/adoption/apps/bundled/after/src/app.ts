import express from 'express'
import { throughline } from 'throughline'
import { forecasts } from './forecasts'

export const { logger, requests, errors, closeInOrder } = throughline()
export const app = express()

app.use(requests)
app.use('/forecasts', forecasts)
app.use(errors)
