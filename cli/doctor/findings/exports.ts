import { commandLine } from '../../../src/throughline/settings/as-installed.ts'
import type { Evidence } from '../probe/evidence.ts'
import type { Finding } from './finding.ts'

const RECEIVER =
  `start what takes OTLP there (${commandLine('viewer')} does), ` +
  'or set OTEL_EXPORTER_OTLP_ENDPOINT and OTEL_EXPORTER_OTLP_PROTOCOL'

const SIGNALS = ['traces', 'metrics', 'logs'] as const

/** How the export of each signal went; of traces also where there was none. */
export function exportsFound(evidence: Evidence): Finding[] {
  return SIGNALS.flatMap((signal) => {
    const { start } = evidence
    const to = start?.msg === 'telemetry on' ? start[signal] : 'none'
    if (to !== 'none') return [exported(signal, to, evidence)]
    return signal === 'traces' ? [{ about: signal, ...notExported(evidence) }] : []
  })
}

/** Whether a span of ours was sent and taken, and so may be looked for. */
export function isSent({ start, probed, failures }: Evidence): boolean {
  if (start?.msg !== 'telemetry on' || probed === undefined) return false
  const isOurs = start.patched.length > 0
  return isOurs && start.traces !== 'none' && probed.sampled && !failures.has('traces')
}

function exported(
  about: (typeof SIGNALS)[number],
  { protocol, endpoint }: { protocol: string; endpoint: string },
  evidence: Evidence,
): Finding {
  const to = `${protocol} to ${endpoint}`
  const reason = evidence.failures.get(about)
  const facts = { protocol, endpoint, reason }
  if (reason !== undefined) {
    return { about, state: 'wrong', found: `${to}: ${reason}`, todo: RECEIVER, facts }
  }
  if (about === 'traces' && !isSent(evidence)) {
    return { about, state: 'note', found: `${to}: not tried, ${whyUnsent(evidence)}`, facts }
  }
  return { about, state: 'ok', found: `${to}: taken`, facts }
}

function notExported({ start }: Evidence): Pick<Finding, 'state' | 'found' | 'todo'> {
  if (start?.msg !== 'telemetry on') {
    return { state: 'note', found: 'not tried, since telemetry of ours did not start' }
  }
  const todo = 'set OTEL_TRACES_EXPORTER=otlp'
  return { state: 'wrong', found: 'not exported', todo }
}

function whyUnsent({ start, probed }: Evidence): string {
  if (start?.msg !== 'telemetry on' || probed === undefined) return 'since telemetry did not start'
  if (start.patched.length === 0) return 'since another SDK has the spans'
  return `since ${start.sampler} takes none`
}
