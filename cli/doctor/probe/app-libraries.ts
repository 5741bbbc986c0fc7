import { createRequire } from 'node:module'
import { isAbsolute, join } from 'node:path'
import { reasonOf } from '../../../src/throughline/answers/reason.ts'

/** What the probe is to load, and from where. */
export interface ProbeTask {
  /** Where the app's package.json is. */
  folder: string
  /** Whether the app is of ES modules, and so imports its libraries. */
  isModule: boolean
  /** Those of the libraries that are patched. */
  copies: { name: string; folder: string }[]
}

/** Imports as a file in the app's folder does: instrumentations know what is imported by its name alone. */
export type Import = (name: string) => Promise<{ default?: unknown }>

/** What is there and could not be loaded. */
export type Failed = { library: string; reason: string }[]

/** Loads libraries of an app as its own files load them; what cannot be loaded is added to `failed`. */
export function libraryLoader(task: ProbeTask, importFromApp: Import, failed: Failed) {
  const require = createRequire(join(task.folder, 'package.json'))
  /** What a name stands for; undefined where there is no such thing. */
  const pathOf = (name: string) => {
    try {
      return require.resolve(name)
    } catch {
      return undefined
    }
  }
  const load = async (name: string): Promise<unknown> => {
    if (!task.isModule || isAbsolute(name)) return require(name)
    const module = await importFromApp(name)
    return module.default ?? module
  }
  /** Loads every copy; resolves to the app's own, else to that of a dependency, else to undefined. */
  return async (library: string): Promise<unknown> => {
    const ownPath = pathOf(library)
    const folders = task.copies.flatMap(({ name, folder }) => (name === library ? folder : []))
    const others = folders.filter((folder) => pathOf(folder) !== ownPath)
    let first: unknown
    for (const name of [library, ...others]) {
      try {
        const copy = await load(name)
        first ??= copy
      } catch (error) {
        if (!isAbsent(error, library)) failed.push({ library, reason: reasonOf(error) })
      }
    }
    return first
  }
}

/** Whether it is the library itself that is not there, and not something that it needs. */
function isAbsent(error: unknown, library: string): boolean {
  if (!(error instanceof Error) || !('code' in error)) return false
  const isMissing = error.code === 'MODULE_NOT_FOUND' || error.code === 'ERR_MODULE_NOT_FOUND'
  return isMissing && new RegExp(`Cannot find (module|package) '${library}'`).test(error.message)
}
