import { createRequire } from 'node:module'
import { join } from 'node:path'
import { reasonOf } from '../../../src/throughline/answers/reason.ts'
import type { ProbeTask } from './probe-line.ts'

type Library = keyof ProbeTask['libraries']

/** Imports as a file in the app's folder does: instrumentations know what is imported by its name alone. */
export type Import = (name: string) => Promise<{ default?: unknown }>

/** The libraries of an app, loaded as its own files load them. */
export class AppLibraries {
  /** What is there and could not be loaded. */
  readonly failed: { library: string; reason: string }[] = []
  readonly #task: ProbeTask
  readonly #importFromApp: Import
  readonly #require: NodeJS.Require

  constructor(task: ProbeTask, importFromApp: Import) {
    this.#task = task
    this.#importFromApp = importFromApp
    this.#require = createRequire(join(task.folder, 'package.json'))
  }

  /** Loads every copy; resolves to the app's own, else to that of a dependency, else to undefined. */
  async load(library: Library): Promise<unknown> {
    let [first] = await this.#attempt(library, () => this.#own(library))
    const own = this.#pathOf(library)
    const others = this.#task.libraries[library].filter((folder) => this.#pathOf(folder) !== own)
    for (const folder of others) {
      const [copy] = await this.#attempt(library, async () => this.#require(folder))
      first ??= copy
    }
    return first
  }

  /** What a name stands for; undefined where there is no such thing. */
  #pathOf(name: string): string | undefined {
    try {
      return this.#require.resolve(name)
    } catch {
      return undefined
    }
  }

  async #own(library: Library): Promise<unknown> {
    if (!this.#task.isModule) return this.#require(library)
    const module = await this.#importFromApp(library)
    return module.default ?? module
  }

  /** What was loaded, if it was. */
  async #attempt(library: Library, load: () => Promise<unknown>): Promise<[unknown?]> {
    try {
      return [await load()]
    } catch (error) {
      if (!isAbsent(error, library)) this.failed.push({ library, reason: reasonOf(error) })
      return []
    }
  }
}

/** Whether it is the library itself that is not there, and not something that it needs. */
function isAbsent(error: unknown, library: Library): boolean {
  if (!(error instanceof Error) || !('code' in error)) return false
  const isMissing = error.code === 'MODULE_NOT_FOUND' || error.code === 'ERR_MODULE_NOT_FOUND'
  return isMissing && new RegExp(`Cannot find (module|package) '${library}'`).test(error.message)
}
