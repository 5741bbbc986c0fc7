import { type Copy, ofName } from '../app/installed.ts'
import type { Evidence } from '../probe/evidence.ts'
import { type Finding, listed } from './finding.ts'

/** The majors of Express whose routes are understood. */
const EXPRESS = /^[45]\./

/** Every Express that the app can load; where packages have no folders, the one that the probe has loaded. */
export function expressFound(installed: readonly Copy[], { start }: Evidence): Finding {
  const about = 'express'
  const copies = ofName(installed, 'express')
  const facts = { copies }
  const found = described(copies)
  const isLoaded = start?.msg === 'telemetry on' && start.patched.includes('express')
  if (copies.length === 0 && isLoaded) {
    return { about, state: 'note', found: 'one in no node_modules of the app', facts }
  }
  if (copies.length === 0) {
    const todo = 'install what package.json names, and run this in the folder of the app'
    return { about, state: 'wrong', found: 'none that the app could load', todo, facts }
  }
  if (copies.every(({ version }) => EXPRESS.test(version)))
    return { about, state: 'ok', found, facts }
  return { about, state: 'wrong', found, todo: 'take Express 4 or 5 in place of the others', facts }
}

/** Every pino that the app can load. */
export function pinoFound(installed: readonly Copy[]): Finding {
  const copies = ofName(installed, 'pino')
  const found = described(copies) || 'none of its own: ours writes the lines'
  return { about: 'pino', state: copies.length > 0 ? 'ok' : 'note', found, facts: { copies } }
}

/** Versions, and with what each copy came that is not the app's own. */
export function described(copies: readonly Copy[]): string {
  const each = copies.map(({ name, version, via }) => {
    return via === name ? version : `${version} (with ${via})`
  })
  return listed(each, '')
}
