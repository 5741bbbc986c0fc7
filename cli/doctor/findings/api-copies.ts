import { type Copy, ofName } from '../app/installed.ts'
import type { Finding } from './finding.ts'
import { described } from './libraries.ts'

/**
 * The copies of OpenTelemetry's API. All share what the first of them has registered, `registered`, but one that is
 * newer than that sees nothing of it (isCompatible in its internal/semver).
 */
export function apiCopies(installed: readonly Copy[], registered: string | undefined): Finding {
  const about = 'api'
  const copies = ofName(installed, '@opentelemetry/api')
  const facts = { copies, registered }
  const blind = copies.filter(
    ({ version }) => registered !== undefined && !sees(version, registered),
  )
  if (blind.length > 0) {
    return {
      about,
      state: 'wrong',
      found: `${described(blind)} does not see what is registered with ${registered}`,
      todo: `bring all copies of @opentelemetry/api to ${registered} (npm ls @opentelemetry/api)`,
      facts,
    }
  }
  if (copies.length === 0) return { about, state: 'ok', found: 'none but ours', facts }
  const isAlone = copies.every(({ version }) => version === (registered ?? version))
  const found = described(copies)
  if (isAlone) return { about, state: 'ok', found, facts }
  const why = `all see what ${registered ?? 'ours'} registers, as long as that comes first`
  return { about, state: 'note', found: `${found}: ${why}`, facts }
}

/** By the API's own rule: the same major, and a minor that is not later. */
function sees(version: string, registered: string): boolean {
  const [major, minor = 0] = version.split('.').map(Number)
  const [itsMajor, itsMinor = 0] = registered.split('.').map(Number)
  return major === itsMajor && minor <= itsMinor
}
