import type { Identity } from '../../viewer/pages/find/identify.ts'
import { printable } from '../command/printable.ts'
import type { PivotOptions } from './pivot-options.ts'

/** Says what was looked for and where, and the likely reasons why it is not there. */
export function whyNotFound(
  identity: Identity,
  options: PivotOptions,
  services: readonly string[],
) {
  const { traceId, correlationId } = identity
  const what = traceId ? `trace ${traceId}` : `trace with correlation id ${correlationId}`
  if (options.file !== undefined)
    return `No ${traceId || correlationId ? what : 'trace'} in ${printable(options.file)}: ${known(services)}.`
  return [
    `No ${what} at ${options.ui}.`,
    'The likely reasons:',
    '- not sampled: its log lines say "trace_flags":"00", or carry no trace_id at all; with "01" a collector may still have left it out',
    `- not flushed yet: the app exports every few seconds; this asked for ${options.wait.text} (--wait)`,
    `- evicted, or too old: a correlation id was looked for ${options.since.text} back (--since)`,
    `- another backend: ${known(services)}; name another with --ui or TRACE_UI_URL`,
  ].join('\n')
}

function known(services: readonly string[]): string {
  if (services.length === 0) return 'this one has no spans of any service'
  return `this one knows ${printable(services.toSorted().join(', '))}`
}
