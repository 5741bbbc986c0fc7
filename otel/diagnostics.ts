import { type DiagLogger, DiagLogLevel, diag } from '@opentelemetry/api'
import { tellRejection } from './rejections.ts'
import type { OtelVariables } from './variables.ts'

/** Writes one of the SDK's own messages. */
export type SdkReport = (
  level: 'debug' | 'info' | 'warn' | 'error',
  fields: object,
  message: string,
) => void

/** How a line begins that passes on one of the SDK's own messages. */
export const SDK_MESSAGE_PREFIX = 'opentelemetry: '

/** The SDK's word for what export health says better, and once. */
const SAID_BY_EXPORT_HEALTH = /^Dropped \d+ spans because maxQueueSize reached$/

/** The exporters' word on the environment, which they read besides what they are told, and know less of than we. */
const SAID_AT_THE_START = /^Configuration: /

const LEVELS = {
  none: DiagLogLevel.NONE,
  error: DiagLogLevel.ERROR,
  warn: DiagLogLevel.WARN,
  info: DiagLogLevel.INFO,
  debug: DiagLogLevel.DEBUG,
  verbose: DiagLogLevel.VERBOSE,
  all: DiagLogLevel.ALL,
}

/**
 * Sends the SDK's own messages, from OTEL_LOG_LEVEL on, to `report`: left alone it writes them to stdout, among the
 * log lines.
 */
export function reportDiagnostics(level: OtelVariables['OTEL_LOG_LEVEL'], report: SdkReport): void {
  const at =
    (pinoLevel: Parameters<SdkReport>[0]) =>
    (message: string, ...details: unknown[]) => {
      if (SAID_AT_THE_START.test(message)) return
      if (SAID_BY_EXPORT_HEALTH.test(message) || tellRejection(message, details)) return
      report(pinoLevel, details.length > 0 ? { details } : {}, `${SDK_MESSAGE_PREFIX}${message}`)
    }
  const logger: DiagLogger = {
    error: at('error'),
    warn: at('warn'),
    info: at('info'),
    debug: at('debug'),
    verbose: at('debug'),
  }
  diag.setLogger(logger, { logLevel: LEVELS[level], suppressOverrideMessage: true })
}
