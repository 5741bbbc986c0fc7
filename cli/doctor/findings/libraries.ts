import { type Copy, ofName } from '../app/installed.ts'
import type { Evidence } from '../probe/evidence.ts'
import { type Finding, finding, listed } from './finding.ts'

/** The majors of Express whose routes are understood. */
const EXPRESS = /^[45]\./

/** Every Express that the app can load; where packages have no folders, the one that the probe has loaded. */
export function expressFound(installed: readonly Copy[], { on }: Evidence): Finding {
  const copies = ofName(installed, 'express')
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
  const copies = ofName(installed, 'pino')
  const { ok, note } = finding('pino', { copies })
  return copies.length > 0 ? ok(described(copies)) : note('none of its own: ours writes the lines')
}

/** Versions, and with what each copy came that is not the app's own. */
export function described(copies: readonly Copy[]): string {
  const each = copies.map(({ name, version, via }) => {
    return via === name ? version : `${version} (with ${via})`
  })
  return listed(each, '')
}
