import { ownFiles } from '../../../src/throughline/settings/as-installed.ts'
import { type Manifest, packageFrom } from '../../package/manifest.ts'

/** A package as it is installed somewhere. */
export interface Copy {
  name: string
  version: string
  /** Where it really is, whatever links lead there. */
  folder: string
  /** The dependency of the app's own that it came with, itself where it is one. */
  via: string
}

/** What is patched. */
export const LIBRARIES = ['express', 'pino', 'undici']

/**
 * The packages that an app in `folder` can load: its dependencies and theirs, as Node finds them, so that nothing
 * counts that only tests or a neighbour in the workspace use. Each copy once, the app's own first. What we bring
 * ourselves is left out where we are one of them.
 */
export function installedFor(folder: string, manifest: Manifest): Copy[] {
  const { root } = ownFiles()
  const copies = new Map<string, Copy>()
  // Libraries even where the app does not name them: another package, or a folder above, may have brought them.
  const named = [...wantedBy(manifest), ...LIBRARIES]
  const queue = named.map((name) => ({ name, from: folder, via: name }))
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    const { name, from, via } = next
    const found = packageFrom(from, name)
    if (found === undefined || found.folder === root || copies.has(found.folder)) continue
    const { folder, manifest } = found
    // An alias, as npm:express@4, has its real name in its own package.json.
    copies.set(folder, { name: manifest.name || name, version: manifest.version, folder, via })
    queue.push(...wantedBy(manifest).map((wanted) => ({ name: wanted, from: folder, via })))
  }
  return [...copies.values()]
}

function wantedBy(manifest: Manifest): string[] {
  const { dependencies, optionalDependencies, peerDependencies } = manifest
  return Object.keys({ ...dependencies, ...optionalDependencies, ...peerDependencies })
}
