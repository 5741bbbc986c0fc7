import type { ProbeRun } from '../probe/run-probe.ts'
import type { Finding } from './finding.ts'

/** How a line begins that says why the environment stops the start. */
const REFUSED = /^Cannot start: .*$/m
/** What an error of Node's own, or of a module's, says of itself. */
const THROWN = /^(?:Uncaught )?[\w.]*Error(?: \[\w+\])?: .*$/m

/** Why a probe did not come to its end, and what to do about it. */
export function problemOf(run: ProbeRun): Pick<Finding, 'state' | 'found' | 'todo'> {
  const state = 'wrong'
  if (run.hung) {
    const todo = 'look for what never ends in what is loaded before the app'
    return {
      state,
      found: 'a process that was started like the app did not end, and was ended',
      todo,
    }
  }
  const [refused] = REFUSED.exec(run.stderr) ?? []
  if (refused !== undefined) {
    return { state, found: refused, todo: 'correct it in the environment, or in .env' }
  }
  const [thrown = run.stderr.trim().split('\n').at(-1)] = THROWN.exec(run.stderr) ?? []
  const how = run.status === undefined ? 'by a signal' : `with ${run.status}`
  const found = `a process that was started like the app ended ${how}${thrown ? `: ${thrown}` : ''}`
  return { state, found, todo: todoFor(thrown) }
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
