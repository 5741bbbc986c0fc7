import express from 'express'
import { forecasts } from './forecasts'

export const app = express()

app.use('/forecasts', forecasts)
