import { commandLine } from '../../../src/throughline/settings/as-installed.ts'
import type { Evidence } from '../probe/evidence.ts'
import { type Finding, finding } from './finding.ts'

const RECEIVER =
  `start what takes OTLP there (${commandLine('viewer')} does), ` +
  'or set OTEL_EXPORTER_OTLP_ENDPOINT and OTEL_EXPORTER_OTLP_PROTOCOL'

/** How the export of each signal went; of traces also where there was none. */
export function exportsFound(evidence: Evidence): Finding[] {
  const { on, failures } = evidence
  return (['traces', 'metrics', 'logs'] as const).flatMap((about) => {
    const to = on?.[about] ?? 'none'
    if (to === 'none') return about === 'traces' ? [notExported(evidence)] : []
    const { protocol, endpoint } = to
    const reason = failures.get(about)
    const { ok, note, wrong } = finding(about, { protocol, endpoint, reason })
    const place = `${protocol} to ${endpoint}`
    if (reason !== undefined) return [wrong(`${place}: ${reason}`, RECEIVER)]
    const unsent = about === 'traces' ? whyUnsent(evidence) : undefined
    return [unsent === undefined ? ok(`${place}: taken`) : note(`${place}: not tried, ${unsent}`)]
  })
}

/** The span of ours that was sent and taken, and so may be looked for. */
export function sentSpan(evidence: Evidence): { traceId: string; spanId: string } | undefined {
  const isExported = evidence.on !== undefined && evidence.on.traces !== 'none'
  const isTaken = whyUnsent(evidence) === undefined && !evidence.failures.has('traces')
  return isExported && isTaken ? evidence.probed : undefined
}

function notExported({ on }: Evidence): Finding {
  const { note, wrong } = finding('traces')
  return on === undefined
    ? note('not tried, since telemetry of ours did not start')
    : wrong('not exported', 'set OTEL_TRACES_EXPORTER=otlp')
}

/** Why there was no span to be sent; undefined where there was one. */
function whyUnsent({ on, probed }: Evidence): string | undefined {
  if (on === undefined || probed === undefined) return 'since telemetry did not start'
  if (on.patched.length === 0) return 'since another SDK has the spans'
  return probed.sampled ? undefined : `since ${on.sampler} takes none`
}
