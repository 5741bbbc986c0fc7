import { pino } from 'pino'
import { options } from './logger-options.js'

export const logger = pino({ ...options, transport: { target: './transport.js' } })
