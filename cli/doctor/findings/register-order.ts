import { REGISTER } from '../../../src/throughline/settings/as-installed.ts'
import type { Asked, Launch } from '../app/launch.ts'
import { packageOf } from '../app/preloads.ts'
import type { Attempt } from '../probe/as-started.ts'
import type { Evidence } from '../probe/evidence.ts'
import { type Finding, listed } from './finding.ts'
import { isOther, placeOf } from './others.ts'

/** Whether our register comes first of all that is loaded before the app, and where it does not, whether that harms. */
export function registerOrder(launch: Launch, attempt: Attempt): Finding {
  const { script, preloads } = launch
  const facts = { script, preloads: preloads.map(({ by, name, from }) => ({ by, name, from })) }
  const index = preloads.findIndex(({ isOurs }) => isOurs)
  const ours = preloads[index]
  const said =
    ours === undefined
      ? (replaced(launch, attempt) ?? missing(launch))
      : placed(ours, preloads.slice(0, index), attempt.evidence)
  return { about: 'register', ...said, facts }
}

type Said = Pick<Finding, 'state' | 'found' | 'todo'>

/** What there is in its place, where the app was traced without it. */
function replaced({ preloads }: Launch, { isAdded, evidence }: Attempt): Said | undefined {
  const { start, probed } = evidence
  const names = listed(preloads.map(({ name }) => name))
  if (isAdded) return undefined
  if (start?.msg === 'telemetry on') {
    return { state: 'ok', found: `not by that name: telemetry is started by ${names}` }
  }
  if (probed?.holder === undefined) return undefined
  return { state: 'note', found: `not there, since ${probed.holder} is, by ${names}` }
}

function missing({ script, isNode }: Launch): Said {
  const todo = `start with node --import ${REGISTER}, or with NODE_OPTIONS="--import ${REGISTER}"`
  if (script === undefined) {
    // A Dockerfile may have it, say.
    return { state: 'note', found: 'not in NODE_OPTIONS, and there is no start script', todo }
  }
  if (!isNode && script.includes(REGISTER)) {
    return { state: 'note', found: `somewhere in the start script: ${script}` }
  }
  const found = `neither in NODE_OPTIONS nor in the start script: ${script}`
  return { state: 'wrong', found, todo }
}

function placed(ours: Asked, before: readonly Asked[], evidence: Evidence): Said {
  const place = placeOf(ours.from)
  if (before.length === 0) return { state: 'ok', found: `first, in ${place}` }
  const found = `in ${place}, after ${listed(before.map(({ name }) => name))}`
  const { start, probed } = evidence
  const isOn = start?.msg === 'telemetry on'
  const early = listed(probed?.early ?? [], '')
  const isOthers = before.some((each) => isOther(packageOf(each)))
  if (early !== '' || isOthers || (isOn && start.reason !== undefined)) {
    const todo = isOthers
      ? 'see what is said of others'
      : `put --import ${REGISTER} before the others; what is required is loaded before what is imported`
    return { state: 'wrong', found: early === '' ? found : `${found}, which loads ${early}`, todo }
  }
  return isOn ? { state: 'ok', found: `${found}, which does no harm` } : { state: 'note', found }
}
