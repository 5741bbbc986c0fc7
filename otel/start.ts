import { anotherSdk } from '../src/throughline/another-sdk.ts'
import type { Logger } from '../src/throughline/log/lines.ts'
import type { Telemetry } from '../src/throughline/telemetry.ts'
import { traceHttp2 } from './client/http2-spans.ts'
import { reportDiagnostics } from './diagnostics.ts'
import type { Report } from './export/export-health.ts'
import { flush } from './export/flush.ts'
import { endWithProcess } from './export/process-end.ts'
import { keepRulesOf } from './kept/rules.ts'
import type { Instrumentation } from './patching/added.ts'
import { createInstrumentations, type Wanted } from './patching/instrumentations.ts'
import { LOADED_FIRST, PatchedLibraries } from './patching/patched-libraries.ts'
import { patch } from './patching/patching.ts'
import { isTakingPlaces } from './patching/places.ts'
import { TwoSdks } from './patching/second-sdk.ts'
import { NOTHING, UnseenExpress } from './patching/self-check.ts'
import { type Export, startSdk } from './sdk.ts'
import { traceServers } from './server/server-spans.ts'
import { shownUrl } from './settings/destination.ts'
import type { OtelVariables, TelemetryVariables } from './settings/variables.ts'

/** Starts the SDK and patches what loads from now on; the lines go to stderr until the app hands over its logger. */
export function startTelemetry(
  variables: TelemetryVariables,
  added: readonly Instrumentation[] = [],
): Telemetry {
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
    propagateTo: variables.PROPAGATE_TO,
  }

  const twoSdks = new TwoSdks(report)
  reportDiagnostics(variables.OTEL_LOG_LEVEL, report, (second) => {
    if (!isTakingPlaces()) twoSdks.add(second)
  })
  const { exports, rival } = startSdk(variables, { logEvents }, report)
  // What another SDK makes of the spans would be doubled by ours.
  const patching = rival()?.places.includes('trace') !== true
  const libraries = patching
    ? patchAll(variables, { ...wanted, added }, report, twoSdks)
    : undefined
  const leaveToShutdown = endWithProcess(exports)

  return {
    start(appLogger) {
      logger = appLogger
      const { patched, unpatched } = libraries?.atStart(appLogger) ?? NOTHING
      const reason =
        rival()?.reason ?? twoSdks.atStart() ?? (unpatched.length > 0 ? LOADED_FIRST : undefined)
      const also = added.length > 0 && { instrumentations: added.map(nameOf) }
      const kept = keepRulesOf(variables)
      const fields = {
        ...described(exports),
        sampler: samplerName(variables),
        ...(kept && { kept }),
        patched,
        ...also,
      }
      if (reason === undefined) appLogger.info(fields, 'telemetry on')
      else
        appLogger.warn(
          { ...fields, ...(unpatched.length > 0 && { unpatched }), reason },
          'telemetry on',
        )
    },
    async shutdown(budgetMs) {
      leaveToShutdown()
      const others = rival() === undefined ? [] : [anotherSdk.shutdown(budgetMs)]
      await Promise.all([...exports.map((each) => flush(each, budgetMs)), ...others])
    },
  }
}

/** Patches what loads from now on, and node's servers and sessions. */
function patchAll(
  variables: OtelVariables,
  wanted: Wanted & { added: readonly Instrumentation[] },
  report: Report,
  twoSdks: TwoSdks,
): PatchedLibraries {
  const { undici } = patch([...createInstrumentations(wanted), ...wanted.added])
  const unseenExpress = new UnseenExpress(report)
  const libraries = new PatchedLibraries({ ...wanted, undici }, unseenExpress)
  const knownMethods = variables.OTEL_INSTRUMENTATION_HTTP_KNOWN_METHODS
  traceHttp2({ ...wanted, knownMethods })
  traceServers({
    ...wanted,
    knownMethods,
    onUnseenExpress: () => unseenExpress.say(),
    onListening: () => {
      libraries.sayLater()
      twoSdks.sayLater()
    },
  })
  return libraries
}

function nameOf({ instrumentationName }: Instrumentation): string {
  return instrumentationName
}

/** Telemetry that OTEL_SDK_DISABLED turned off; nothing is patched then. */
export const disabledTelemetry: Telemetry = {
  start(logger) {
    logger.info({ reason: 'OTEL_SDK_DISABLED is true' }, 'telemetry off')
  },
  async shutdown() {},
}

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
