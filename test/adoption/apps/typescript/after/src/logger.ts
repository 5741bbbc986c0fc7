import { pino } from 'pino'
import { throughline } from 'throughline'

export const { logger, requests, errors, closeInOrder } = throughline({
  logger: pino({ level: process.env.LOG_LEVEL ?? 'info', name: 'bookshop', redact: ['password'] }),
  errorAnswers: false,
})
