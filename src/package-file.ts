import { findPackageJSON } from 'node:module'
import { pathToFileURL } from 'node:url'

/** The app's package.json: the nearest to its entry point, wherever this file was copied to; undefined without one. */
export function packageFile(entry = process.argv[1]): string | undefined {
  return entry === undefined ? undefined : findPackageJSON(pathToFileURL(entry))
}
