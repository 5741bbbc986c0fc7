import { REGISTER } from '../../../src/throughline/settings/as-installed.ts'
import type { Attempt } from '../probe/as-started.ts'
import { type Finding, listed } from './finding.ts'
import { problemOf } from './problem.ts'

const DISABLED = 'OTEL_SDK_DISABLED'

/** How telemetry started in the probe, and what it has patched. */
export function telemetryFound({ run, evidence, isAdded }: Attempt): Finding {
  const about = 'telemetry'
  const { start, probed } = evidence
  if (run.hung || start === undefined || probed === undefined) return { about, ...problemOf(run) }
  if (start.msg === 'telemetry off' && probed.holder !== undefined) {
    const found = `another SDK's: ${probed.holder}; its ids stand on the lines all the same`
    return { about, state: 'note', found, facts: { holder: probed.holder } }
  }
  if (start.msg === 'telemetry off') {
    const todo = start.reason.startsWith(DISABLED)
      ? `unset ${DISABLED}, in the environment or in .env`
      : `start with node --import ${REGISTER}`
    return { about, state: 'wrong', found: `off: ${start.reason}`, todo }
  }
  const { patched, unpatched, instrumentations, reason, sampler } = start
  const { failed } = probed
  const facts = { patched, unpatched, instrumentations, reason, sampler, failed }
  const on = isAdded ? 'on once register is loaded' : 'on'
  const names = listed([...patched, ...instrumentations], 'nothing')
  if (reason !== undefined) {
    const not = unpatched.length > 0 ? `, not ${listed(unpatched)}` : ''
    return { about, state: 'wrong', found: `${on}, patches ${names}${not}`, todo: reason, facts }
  }
  if (failed.length > 0) {
    const each = failed.map(({ library, reason }) => `${library} (${reason})`)
    const found = `${on}, patches ${names}, but does not get to ${listed(each)}`
    return { about, state: 'wrong', found, todo: 'install it anew, then run this again', facts }
  }
  const pino = patched.includes('pino') ? '' : '; pino as it is, since no log records are exported'
  return { about, state: 'ok', found: `${on}, patches ${names}${pino}`, facts }
}
