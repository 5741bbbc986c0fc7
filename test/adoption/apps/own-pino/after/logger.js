import { pino } from 'pino'
import { throughline } from 'throughline'
import { options } from './logger-options.js'

export const { logger, requests, errors, closeInOrder } = throughline({
  logger: pino({ ...options, transport: { target: './transport.js' } }),
})
