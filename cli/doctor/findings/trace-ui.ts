import { CommandError } from '../../command/command-error.ts'
import { backendAt } from '../../trace/backend.ts'
import { findTraces } from '../../trace/find.ts'
import type { Patience } from '../../trace/poll.ts'
import { tracePageUrl } from '../../trace/trace.ts'
import { uiUrl } from '../../trace/ui-url.ts'
import type { Evidence } from '../probe/evidence.ts'
import { sentSpan } from './exports.ts'
import { type Finding, finding } from './finding.ts'

const ABOUT = 'trace'
const HOUR_MS = 3_600_000

/** Whether the trace UI has the trace of the span that was sent; `option` is what --ui says. */
export async function traceInUi(
  evidence: Evidence,
  option: string | undefined,
  patience: Patience,
): Promise<Finding> {
  const variable = evidence.probed?.traceUiUrl
  const span = sentSpan(evidence)
  try {
    const ui = uiUrl(option, variable)
    if (span !== undefined) return await lookFor(span, ui, patience)
    return finding(ABOUT, { ui }).note('not looked for, since none was sent')
  } catch (error) {
    if (!(error instanceof CommandError)) throw error
    // An address that nobody gave may be no trace UI at all.
    const isGiven = option !== undefined || variable?.trim()
    return finding(ABOUT)[isGiven ? 'wrong' : 'note'](error.message)
  }
}

async function lookFor(
  { traceId, spanId }: { traceId: string; spanId: string },
  ui: string,
  patience: Patience,
): Promise<Finding> {
  const since = new Date(Date.now() - HOUR_MS)
  const [trace] = await findTraces(backendAt(ui), { traceId, spanId }, since, patience)
  if (trace === undefined) {
    const todo =
      'see that this is the UI of what takes the spans; name another with --ui or TRACE_UI_URL'
    return finding(ABOUT, { ui, traceId }).wrong(`${ui} has no trace ${traceId}`, todo)
  }
  const url = tracePageUrl(ui, trace, spanId)
  return finding(ABOUT, { ui, traceId, url, spans: trace.spans.length }).ok(url)
}
