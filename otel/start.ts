import type { Logger } from 'pino'
import { REGISTER } from '../src/throughline/settings/as-installed.ts'
import type { Telemetry } from '../src/throughline/telemetry.ts'
import { reportDiagnostics } from './diagnostics.ts'
import { flush } from './export/flush.ts'
import { endWithProcess } from './export/process-end.ts'
import { createInstrumentations } from './patching/instrumentations.ts'
import { patch } from './patching/patching.ts'
import { selfCheck, UnseenExpress } from './patching/self-check.ts'
import { type Export, startSdk } from './sdk.ts'
import { traceServers } from './server/server-spans.ts'
import { shownUrl } from './settings/destination.ts'
import type { OtelVariables, TelemetryVariables } from './settings/variables.ts'

/** Starts the SDK and patches what loads from now on; the lines go to stderr until the app hands over its logger. */
export function startTelemetry(variables: TelemetryVariables): Telemetry {
  let logger: Logger | undefined
  const report = (level: 'debug' | 'info' | 'warn' | 'error', fields: object, message: string) => {
    if (logger === undefined)
      process.stderr.write(`${JSON.stringify({ level, ...fields, msg: message })}\n`)
    else logger[level](fields, message)
  }
  const logEvents = variables.TRACE_LOG_EVENTS && variables.OTEL_TRACES_EXPORTER
  const wanted = {
    metrics: variables.OTEL_METRICS_EXPORTER,
    logs: variables.OTEL_LOGS_EXPORTER || logEvents,
  }

  reportDiagnostics(variables.OTEL_LOG_LEVEL, report)
  const { exports, rival } = startSdk(variables, { logEvents }, report)
  // What another SDK makes of the spans would be doubled by ours.
  const patching = rival()?.places.includes('trace') !== true
  const unseenExpress = new UnseenExpress(report)
  const undici = patching && patchAll(variables, wanted, unseenExpress)
  const leaveToShutdown = endWithProcess(exports)

  return {
    start(appLogger) {
      logger = appLogger
      const { patched, unpatched } = patching ? selfCheck(appLogger, { ...wanted, undici }) : NONE
      const reason = rival()?.reason ?? (unpatched.length > 0 ? LOADED_FIRST : undefined)
      if (unpatched.includes('express')) unseenExpress.said()
      const fields = { ...described(exports), sampler: samplerName(variables), patched }
      if (reason === undefined) appLogger.info(fields, 'telemetry on')
      else
        appLogger.warn(
          { ...fields, ...(unpatched.length > 0 && { unpatched }), reason },
          'telemetry on',
        )
    },
    async shutdown(budgetMs) {
      leaveToShutdown()
      await Promise.all(exports.map((each) => flush(each, budgetMs)))
    },
  }
}

/** Patches what loads from now on, and node's servers; says whether undici is listened to. */
function patchAll(
  variables: OtelVariables,
  wanted: { metrics: boolean; logs: boolean },
  unseenExpress: UnseenExpress,
): boolean {
  const { undici } = patch(createInstrumentations(wanted))
  const knownMethods = variables.OTEL_INSTRUMENTATION_HTTP_KNOWN_METHODS
  traceServers({ ...wanted, knownMethods, onUnseenExpress: () => unseenExpress.say() })
  return undici
}

/** Telemetry that OTEL_SDK_DISABLED turned off; nothing is patched then. */
export const disabledTelemetry: Telemetry = {
  start(logger) {
    logger.info({ reason: 'OTEL_SDK_DISABLED is true' }, 'telemetry off')
  },
  async shutdown() {},
}

const NONE = { patched: [], unpatched: [] }

const LOADED_FIRST = `loaded before ${REGISTER}, or replaced after it: put --import ${REGISTER} before every other --import`

/** What is exported where; `none` for what is not. */
function described(exports: Export[]): object {
  const none = { traces: 'none', metrics: 'none', logs: 'none' }
  const to = exports.map(({ destination: { signal, protocol, url } }) => [
    signal,
    { protocol, endpoint: shownUrl(url) },
  ])
  return { ...none, ...Object.fromEntries(to) }
}

function samplerName(variables: OtelVariables): string {
  const name = variables.OTEL_TRACES_SAMPLER
  return name.includes('ratio') ? `${name}:${variables.OTEL_TRACES_SAMPLER_ARG}` : name
}
