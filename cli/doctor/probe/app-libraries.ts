import { createRequire } from 'node:module'
import { join } from 'node:path'
import { reasonOf } from '../../../src/throughline/answers/reason.ts'
import type { ProbeTask } from './probe-line.ts'

type Library = keyof ProbeTask['libraries']

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
  const own = async (library: Library): Promise<unknown> => {
    if (!task.isModule) return require(library)
    const module = await importFromApp(library)
    return module.default ?? module
  }
  const attempt = async (library: Library, load: () => Promise<unknown>) => {
    try {
      return await load()
    } catch (error) {
      if (!isAbsent(error, library)) failed.push({ library, reason: reasonOf(error) })
      return undefined
    }
  }
  /** Loads every copy; resolves to the app's own, else to that of a dependency, else to undefined. */
  return async (library: Library): Promise<unknown> => {
    let first = await attempt(library, () => own(library))
    const ownPath = pathOf(library)
    for (const folder of task.libraries[library]) {
      if (pathOf(folder) === ownPath) continue
      const copy = await attempt(library, async () => require(folder))
      first ??= copy
    }
    return first
  }
}

/** Whether it is the library itself that is not there, and not something that it needs. */
function isAbsent(error: unknown, library: Library): boolean {
  if (!(error instanceof Error) || !('code' in error)) return false
  const isMissing = error.code === 'MODULE_NOT_FOUND' || error.code === 'ERR_MODULE_NOT_FOUND'
  return isMissing && new RegExp(`Cannot find (module|package) '${library}'`).test(error.message)
}
