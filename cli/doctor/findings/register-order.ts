import { REGISTER } from '../../../src/throughline/settings/as-installed.ts'
import type { Launch, Preload } from '../app/launch.ts'
import type { Evidence } from '../probe/evidence.ts'
import { type Finding, finding, listed, type Say } from './finding.ts'
import { isOther, placeOf } from './others.ts'

/** Whether our register comes first of all that is loaded before the app, and where it does not, whether that harms. */
export function registerOrder(launch: Launch, evidence: Evidence): Finding {
  const { script, preloads } = launch
  const say = finding('register', {
    script,
    preloads: preloads.map(({ by, name, from }) => ({ by, name, from })),
  })
  const index = preloads.findIndex(({ isOurs }) => isOurs)
  const ours = preloads[index]
  if (ours !== undefined) return placed(ours, preloads.slice(0, index), evidence, say)
  return evidence.isAdded ? missing(launch, say) : replaced(launch, evidence, say)
}

/** What there is in its place, where the app was traced without it. */
function replaced({ preloads }: Launch, { on, probed }: Evidence, { ok, note }: Say): Finding {
  const names = listed(preloads.map(({ name }) => name))
  if (on !== undefined) return ok(`not by that name: telemetry is started by ${names}`)
  return note(`not there, since ${probed?.holder} is, by ${names}`)
}

function missing({ script, isNode }: Launch, { note, wrong }: Say): Finding {
  const todo = `start with node --import ${REGISTER}, or with NODE_OPTIONS="--import ${REGISTER}"`
  // A Dockerfile may have it, say.
  if (script === undefined) return note('not in NODE_OPTIONS, and there is no start script', todo)
  if (!isNode && script.includes(REGISTER)) return note(`somewhere in the start script: ${script}`)
  return wrong(`neither in NODE_OPTIONS nor in the start script: ${script}`, todo)
}

function placed(
  ours: Preload,
  before: readonly Preload[],
  { on, probed }: Evidence,
  { ok, note, wrong }: Say,
): Finding {
  const place = placeOf(ours.from)
  if (before.length === 0) return ok(`first, in ${place}`)
  const found = `in ${place}, after ${listed(before.map(({ name }) => name))}`
  const early = listed(probed?.early ?? [], '')
  const isOthers = before.some((each) => isOther(each.name))
  if (early !== '' || isOthers || on?.reason !== undefined) {
    const todo = isOthers
      ? 'see what is said of others'
      : `put --import ${REGISTER} before the others; what is required is loaded before what is imported`
    return wrong(early === '' ? found : `${found}, which loads ${early}`, todo)
  }
  return on !== undefined ? ok(`${found}, which does no harm`) : note(found)
}
