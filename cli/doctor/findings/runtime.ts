import { type Manifest, manifestIn } from '../../package/manifest.ts'
import { type Finding, finding } from './finding.ts'

/** Whether Node is one that we run on, by the `engines` in the package.json of `ownRoot`, which is ours. */
export function nodeVersion(ownRoot: string, version = process.versions.node): Finding {
  const needed = manifestIn(ownRoot)?.engines.node ?? '*'
  const { ok, wrong } = finding('node', { version, needed })
  if (satisfies(version, needed)) return ok(version)
  const todo = 'start the app, and this command, with such a Node'
  return wrong(`${version}, and Throughline needs ${needed}`, todo)
}

/** Of a range, what `engines` are written with: `>=24.12.0`, `^22.22.3`, `24.x` or `24`, and several with `||`. */
export function satisfies(version: string, range: string): boolean {
  return range.split('||').some((part) => {
    const [, operator, from = ''] = /^\s*(>=|\^|~)?\s*v?([\d.]*)/.exec(part) ?? []
    const isLater = version.localeCompare(from, 'en', { numeric: true }) >= 0
    const [major] = version.split('.')
    return isLater && (operator === '>=' || from === '' || from.split('.')[0] === major)
  })
}

/** How Node loads the app's `.js` files. */
export function moduleSystem(manifest: Manifest | undefined, folder: string): Finding {
  const about = 'modules'
  if (manifest === undefined) {
    const todo = 'run this in the folder of the app'
    return finding(about).wrong(`no package.json in ${folder} or above`, todo)
  }
  const { type = 'commonjs' } = manifest
  return finding(about, { type }).ok(type === 'module' ? 'ES modules' : 'CommonJS')
}
