import { inspect } from 'node:util'
import { type DiagLogger, DiagLogLevel, diag } from '@opentelemetry/api'
import { currentExport } from './export/current-export.ts'
import { PARTIAL_SUCCESS, tellRejection } from './export/rejections.ts'
import { type SecondSdk, secondSdkIn } from './patching/second-sdk.ts'
import type { OtelVariables } from './settings/variables.ts'

type Level = 'debug' | 'info' | 'warn' | 'error'

/** Writes one of the SDK's own messages. */
export type SdkReport = (level: Level, fields: object, message: string) => void

/** How a line begins that passes on one of the SDK's own messages. */
export const SDK_MESSAGE_PREFIX = 'opentelemetry: '

/** The SDK's word for what export health says better, and once. */
const DROPPED = /^Dropped \d+ spans because maxQueueSize reached$/

/** The exporters' word on the environment, which they read besides what they are told, and know less of than we. */
const SAID_AT_THE_START = /^Configuration: /

/** The SDK's word on a flush of ours, of a provider that its owner has ended already. */
const ENDED_ALREADY = /^invalid attempt to force flush after /

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
 * log lines. A second SDK, of which they tell by a bare stack, is for `onSecondSdk`.
 */
export function reportDiagnostics(
  level: OtelVariables['OTEL_LOG_LEVEL'],
  report: SdkReport,
  onSecondSdk: (second: SecondSdk) => void = () => {},
): void {
  const isNew = oncePerTurn()
  const at =
    (pinoLevel: Level) =>
    (message: string, ...details: unknown[]) => {
      if (SAID_AT_THE_START.test(message) || ENDED_ALREADY.test(message)) return
      if (isSaidByExportHealth(pinoLevel, message, details)) return
      const second = secondSdkIn(String(message))
      if (second !== undefined) return onSecondSdk(second)
      const text = show(message)
      const shown = details.map(show)
      if (!isNew([text, ...shown].join('\n'))) return
      const fields = shown.length > 0 ? { details: shown } : {}
      report(pinoLevel, fields, `${SDK_MESSAGE_PREFIX}${text}`)
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

/**
 * Says whether a text is new in this turn of the event loop: a line may be a log record too, and the SDK have the
 * same to say of that, for ever.
 */
function oncePerTurn(): (text: string) => boolean {
  const said = new Set<string>()
  return (text) => {
    if (said.has(text)) return false
    if (said.size === 0) setImmediate(() => said.clear()).unref()
    said.add(text)
    return true
  }
}

function isSaidByExportHealth(level: Level, message: string, details: readonly unknown[]): boolean {
  if (DROPPED.test(message) || tellRejection(message, details)) return true
  if (message === PARTIAL_SUCCESS) return false // a warning of the collector's, nothing more
  // What the exporters make of an answer would be a line a batch, and has been judged already.
  return level === 'warn' && currentExport()?.wasAnswered === true
}

/** Of a detail, no more than this many characters: an answer of a web server has thousands. */
const MAX_LENGTH = 1000

const BRIEFLY = {
  depth: 4,
  breakLength: Number.POSITIVE_INFINITY,
  maxArrayLength: 10,
  maxStringLength: MAX_LENGTH,
  customInspect: false,
}

/**
 * A detail as text that any line can take: the SDK passes on whatever it has at hand, such as spans, which are
 * circular, or what JSON has no word for, or throws when it is read.
 */
function show(detail: unknown): string {
  const text = typeof detail === 'string' ? detail : inspect(detail, BRIEFLY)
  return text.length > MAX_LENGTH ? `${text.slice(0, MAX_LENGTH)}…` : text
}
