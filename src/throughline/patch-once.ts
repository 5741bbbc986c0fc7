import { AsyncLocalStorage } from 'node:async_hooks'

/** What was patched for a global, and how it is taken away again. */
interface Patch {
  global: object
  undo: () => void
}

/**
 * Patches node's own modules once, however often it is asked to; `patch` returns what takes its patch away.
 *
 * A test runner such as jest gives each test file a global of its own, and node's own modules to all of them alike:
 * there the patch of the file before gives way, which would keep all that the file had loaded.
 */
export function patchOnce(name: string, patch: () => () => void): void {
  // On what is one for all globals.
  const place = Symbol.for(`throughline.patch.${name}`)
  const last: Patch | undefined = Reflect.get(AsyncLocalStorage, place)
  if (last?.global === globalThis) return
  last?.undo()
  const value: Patch = { global: globalThis, undo: patch() }
  Object.defineProperty(AsyncLocalStorage, place, { value, configurable: true })
}
