import { REGISTER } from '../../../src/throughline/settings/as-installed.ts'
import type { Evidence } from '../probe/evidence.ts'
import type { ProbeRun } from '../probe/run-probe.ts'
import { type Finding, listed } from './finding.ts'
import { problemOf } from './problem.ts'

const DISABLED = 'OTEL_SDK_DISABLED'

/** How telemetry started in the probe, and what it has patched. */
export function telemetryFound(run: ProbeRun, { start, probed }: Evidence): Finding {
  const about = 'telemetry'
  if (run.hung || start === undefined || probed === undefined) return { about, ...problemOf(run) }
  if (start.msg === 'telemetry off') {
    const todo = start.reason.startsWith(DISABLED)
      ? `unset ${DISABLED}, in the environment or in .env`
      : `start with node --import ${REGISTER}`
    return { about, state: 'wrong', found: `off: ${start.reason}`, todo }
  }
  const { patched, unpatched, reason, sampler } = start
  const { failed } = probed
  const facts = { patched, unpatched, reason, sampler, failed }
  const names = listed(patched, 'nothing')
  if (reason !== undefined) {
    const not = unpatched.length > 0 ? `, not ${listed(unpatched)}` : ''
    return { about, state: 'wrong', found: `on, patches ${names}${not}`, todo: reason, facts }
  }
  if (failed.length > 0) {
    const each = failed.map(({ library, reason }) => `${library} (${reason})`)
    const found = `on, patches ${names}, but does not get to ${listed(each)}`
    return { about, state: 'wrong', found, todo: 'install it anew, then run this again', facts }
  }
  const pino = patched.includes('pino') ? '' : '; pino as it is, since no log records are exported'
  return { about, state: 'ok', found: `on, patches ${names}${pino}`, facts }
}
