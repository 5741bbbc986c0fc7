import { type ArgumentsHost, Catch, type LoggerService } from '@nestjs/common'
import { BaseExceptionFilter } from '@nestjs/core'
import { throughline } from 'throughline'

const { logger, requests, recordFailure, closeInOrder } = throughline()

export { closeInOrder, requests }

type Level = 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal'

const write =
  (level: Level) =>
  (message: unknown, ...more: unknown[]) => {
    const context = more.pop()
    if (context === 'ExceptionsHandler') return // recordFailure has said it
    if (message instanceof Error) logger[level]({ context, err: message }, message.message)
    else if (typeof message === 'object') logger[level]({ context, details: message })
    else logger[level]({ context, details: more[0] }, String(message))
  }

/** What Nest and its loggers write, as lines with both identities. */
export const lines: LoggerService = {
  verbose: write('trace'),
  debug: write('debug'),
  log: write('info'),
  warn: write('warn'),
  error: write('error'),
  fatal: write('fatal'),
}

/** Tells of what a handler threw, and leaves the answer to Nest. */
@Catch()
export class Failures extends BaseExceptionFilter {
  catch(exception: unknown, host: ArgumentsHost) {
    recordFailure(exception, host.switchToHttp().getRequest())
    super.catch(exception, host)
  }
}
