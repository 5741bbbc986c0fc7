import type { Manifest } from '../app/manifest.ts'
import type { Finding } from './finding.ts'

/** How Node loads the app's `.js` files. */
export function moduleSystem(manifest: Manifest | undefined, folder: string): Finding {
  const about = 'modules'
  if (manifest === undefined) {
    return {
      about,
      state: 'wrong',
      found: `no package.json in ${folder} or above`,
      todo: 'run this in the folder of the app',
    }
  }
  const type = manifest.type ?? 'commonjs'
  const found = type === 'module' ? 'ES modules' : 'CommonJS'
  return { about, state: 'ok', found, facts: { type } }
}
