import { REGISTER } from '../../../src/throughline/settings/as-installed.ts'
import type { Evidence } from '../probe/evidence.ts'
import { type Finding, finding, listed } from './finding.ts'
import { problemOf } from './problem.ts'

const DISABLED = 'OTEL_SDK_DISABLED'

/** How telemetry started in the probe, and what it has patched. */
export function telemetryFound({ run, on, off, probed, isAdded }: Evidence): Finding {
  const about = 'telemetry'
  const isOver = !run.hung && probed !== undefined
  if (isOver && off !== undefined) return offFound(off, probed.holder)
  if (!isOver || on === undefined) return problemOf(run, finding(about))
  const { failed } = probed
  const { patched, unpatched, instrumentations, reason, sampler } = on
  const facts = { patched, unpatched, instrumentations, reason, sampler, failed }
  const { ok, wrong } = finding(about, facts)
  const started = isAdded ? 'on once register is loaded' : 'on'
  const patches = `${started}, patches ${listed([...patched, ...instrumentations], 'nothing')}`
  if (reason !== undefined) {
    return wrong(`${patches}${unpatched.length > 0 ? `, not ${listed(unpatched)}` : ''}`, reason)
  }
  if (failed.length > 0) {
    const each = failed.map(({ library, reason }) => `${library} (${reason})`)
    const found = `${patches}, but does not get to ${listed(each)}`
    return wrong(found, 'install it anew, then run this again')
  }
  const pino = patched.includes('pino') ? '' : '; pino as it is, since no log records are exported'
  return ok(`${patches}${pino}`)
}

/** Why telemetry of ours is off: the place may be another's. */
function offFound(reason: string, holder: string | undefined): Finding {
  const about = 'telemetry'
  if (holder !== undefined) {
    const found = `another SDK's: ${holder}; its ids stand on the lines all the same`
    return finding(about, { holder }).note(found)
  }
  const todo = reason.startsWith(DISABLED)
    ? `unset ${DISABLED}, in the environment or in .env`
    : `start with node --import ${REGISTER}`
  return finding(about).wrong(`off: ${reason}`, todo)
}

/** The name of the service on its spans. */
export function serviceFound({ probed }: Evidence): Finding {
  const service = probed?.service
  const { ok, note, wrong } = finding('service', service)
  if (service === undefined) return note('not known')
  const { name, from } = service
  if (from !== undefined) return ok(`${name}, by ${from}`)
  const todo = 'name it with OTEL_SERVICE_NAME, or in a package.json beside what is started'
  return wrong(`${name}: nothing names it`, todo)
}
