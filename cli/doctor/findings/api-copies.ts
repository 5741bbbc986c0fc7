import { type Copy, ofName } from '../app/installed.ts'
import { type Finding, finding } from './finding.ts'
import { described } from './libraries.ts'

/**
 * The copies of OpenTelemetry's API. All share what the first of them has registered, `registered`, but one that is
 * newer than that sees nothing of it (isCompatible in its internal/semver).
 */
export function apiCopies(installed: readonly Copy[], registered: string | undefined): Finding {
  const copies = ofName(installed, '@opentelemetry/api')
  const { ok, note, wrong } = finding('api', { copies, registered })
  const blind = copies.filter(
    ({ version }) => registered !== undefined && !sees(version, registered),
  )
  if (blind.length > 0) {
    const todo = `bring all copies of @opentelemetry/api to ${registered} (npm ls @opentelemetry/api)`
    return wrong(`${described(blind)} does not see what is registered with ${registered}`, todo)
  }
  if (copies.length === 0) return ok('none but ours')
  const isAlone = copies.every(({ version }) => version === (registered ?? version))
  const found = described(copies)
  if (isAlone) return ok(found)
  return note(
    `${found}: all see what ${registered ?? 'ours'} registers, as long as that comes first`,
  )
}

/** By the API's own rule: the same major, and a minor that is not later. */
function sees(version: string, registered: string): boolean {
  const [major, minor = 0] = version.split('.').map(Number)
  const [itsMajor, itsMinor = 0] = registered.split('.').map(Number)
  return major === itsMajor && minor <= itsMinor
}
