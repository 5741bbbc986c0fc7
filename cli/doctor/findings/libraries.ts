import type { Copy } from '../app/installed.ts'
import type { Evidence } from '../probe/evidence.ts'
import { type Finding, finding, listed } from './finding.ts'

/** The majors of Express whose routes are understood. */
const EXPRESS = /^[45]\./

/** Every Express that the app can load; where packages have no folders, the one that the probe has loaded. */
export function expressFound(installed: readonly Copy[], { on }: Evidence): Finding {
  const copies = installed.filter(({ name }) => name === 'express')
  const { ok, note, wrong } = finding('express', { copies })
  const found = described(copies)
  if (copies.length === 0 && on?.patched.includes('express'))
    return note('one in no node_modules of the app')
  if (copies.length === 0) {
    const todo = 'install what package.json names, and run this in the folder of the app'
    return wrong('none that the app could load', todo)
  }
  if (copies.every(({ version }) => EXPRESS.test(version))) return ok(found)
  return wrong(found, 'take Express 4 or 5 in place of the others')
}

/** Every pino that the app can load. */
export function pinoFound(installed: readonly Copy[]): Finding {
  const copies = installed.filter(({ name }) => name === 'pino')
  const { ok, note } = finding('pino', { copies })
  return copies.length > 0 ? ok(described(copies)) : note('none of its own: ours writes the lines')
}

/**
 * The copies of OpenTelemetry's API. All share what the first of them has registered, `registered`, but one that is
 * newer than that sees nothing of it (isCompatible in its internal/semver).
 */
export function apiCopies(installed: readonly Copy[], registered: string | undefined): Finding {
  const copies = installed.filter(({ name }) => name === '@opentelemetry/api')
  const { ok, note, wrong } = finding('api', { copies, registered })
  const blind = registered ? copies.filter(({ version }) => !sees(version, registered)) : []
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

/** Versions, and with what each copy came that is not the app's own. */
function described(copies: readonly Copy[]): string {
  const each = copies.map(({ name, version, via }) => {
    return via === name ? version : `${version} (with ${via})`
  })
  return listed(each, '')
}
