import type { z } from 'zod'
import type { Pairs } from './pairs.ts'

/** `given` without the values that `schema` refuses and nothing reads: those cannot stop the start. */
export function withoutBadUnused(given: Pairs, schema: z.ZodType): Pairs {
  const issues = schema.safeParse(given).error?.issues ?? []
  const isUnused = unusedIn(given)
  const names = issues.map(({ path }) => String(path[0])).filter((name) => name in given)
  const passedOver = new Set(names.filter(isUnused))
  if (passedOver.size === 0) return given
  // What values have to do with each other is looked at once each is good.
  return withoutBadUnused(without(given, passedOver), schema)
}

type Signal = keyof typeof OF_ONE_SIGNAL

/** How the names begin that only one signal reads, besides those of its exporter. */
const OF_ONE_SIGNAL = {
  TRACES: ['OTEL_TRACES_SAMPLER', 'OTEL_BSP_', 'OTEL_SPAN_', 'OTEL_EVENT_', 'OTEL_LINK_', 'TRACE_'],
  METRICS: ['OTEL_METRIC_'],
  LOGS: ['OTEL_BLRP_'],
}
const SIGNALS: Signal[] = ['TRACES', 'METRICS', 'LOGS']

/** What a signal's own variable takes the place of; its headers are added to the common ones. */
const OVERRIDABLE =
  /^OTEL_EXPORTER_OTLP_(PROTOCOL|ENDPOINT|INSECURE|TIMEOUT|COMPRESSION|(?:CLIENT_)?CERTIFICATE|CLIENT_KEY)$/

const WITHOUT_RATIO = /^(parentbased_)?always_(on|off)$/

/** Tells of a name whether telemetry as `given` would not read it. */
function unusedIn(given: Pairs): (name: string) => boolean {
  const value = (name: string, unset: string) => (given[name] ?? unset).trim().toLowerCase()
  if (value('OTEL_SDK_DISABLED', 'false') === 'true') return () => true
  const isOff = (signal: Signal) => {
    const names = value(`OTEL_${signal}_EXPORTER`, signal === 'TRACES' ? 'otlp' : 'none')
    return names.split(',').some((name) => name.trim() === 'none')
  }
  const unused = SIGNALS.filter(isOff).flatMap((signal) => [
    `OTEL_EXPORTER_OTLP_${signal}_`,
    ...OF_ONE_SIGNAL[signal],
  ])
  if (SIGNALS.every(isOff)) unused.push('OTEL_EXPORTER_OTLP_', 'OTEL_ATTRIBUTE_')
  // Events are made of log records, so these keep their limits.
  const logEvents = value('TRACE_LOG_EVENTS', 'false') === 'true' && !isOff('TRACES')
  if (isOff('LOGS') && !logEvents) unused.push('OTEL_LOGRECORD_')
  if (WITHOUT_RATIO.test(value('OTEL_TRACES_SAMPLER', 'always_on'))) {
    unused.push('OTEL_TRACES_SAMPLER_ARG')
  }
  const isOverridden = (name: string) => {
    const what = OVERRIDABLE.exec(name)?.[1]
    const own = (signal: Signal) => `OTEL_EXPORTER_OTLP_${signal}_${what}`
    return what !== undefined && SIGNALS.every((signal) => isOff(signal) || own(signal) in given)
  }
  return (name) => unused.some((start) => name.startsWith(start)) || isOverridden(name)
}

function without(given: Pairs, names: ReadonlySet<string>): Pairs {
  return Object.fromEntries(Object.entries(given).filter(([name]) => !names.has(name)))
}
