import type { Manifest } from '../app/manifest.ts'
import { type Finding, finding } from './finding.ts'

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
