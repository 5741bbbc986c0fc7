import type { ProbeRun } from '../probe/evidence.ts'
import type { Finding, Say } from './finding.ts'

/** How a line begins that says why the environment stops the start. */
const REFUSED = /^Cannot start: .*$/m
/** What an error of Node's own, or of a module's, says of itself. */
const THROWN = /^(?:Uncaught )?[\w.]*Error(?: \[\w+\])?: .*$/m

/** Why a probe did not come to its end, and what to do about it. */
export function problemOf({ hung, stderr, status }: ProbeRun, { wrong }: Say): Finding {
  if (hung) {
    return wrong(
      'a process that was started like the app did not end, and was ended',
      'look for what never ends in what is loaded before the app',
    )
  }
  const [refused] = REFUSED.exec(stderr) ?? []
  if (refused !== undefined) return wrong(refused, 'correct it in the environment, or in .env')
  const [thrown = stderr.trim().split('\n').at(-1)] = THROWN.exec(stderr) ?? []
  const how = status === undefined ? 'by a signal' : `with ${status}`
  const found = `a process that was started like the app ended ${how}${thrown ? `: ${thrown}` : ''}`
  return wrong(found, todoFor(thrown))
}

function todoFor(thrown = ''): string {
  if (/@opentelemetry\/api\b|does not provide an export named/.test(thrown)) {
    return 'npm install @opentelemetry/api@^1.10.0, which goes with ours'
  }
  if (/Cannot find (module|package)/.test(thrown)) {
    return 'install it, or take it out of NODE_OPTIONS or the start script'
  }
  return 'look for the cause in what is loaded before the app'
}
