import { createRequire } from 'node:module'

/**
 * The prototypes of undici's dispatchers that can be found: those of the pools of each copy from npm that is loaded,
 * and those of the global dispatcher, which Node makes at the first fetch.
 */
export function dispatcherPrototypes(): Set<object> {
  const dispatchers = globalDispatchers().map((each) => Object.getPrototypeOf(each))
  return new Set([...dispatchers, ...poolsOfCopies()].flatMap((each) => [...chain(each)]))
}

/** undici keeps the global dispatcher under a symbol for each version of its interface. */
function globalDispatchers(): object[] {
  return Object.getOwnPropertySymbols(globalThis)
    .filter(({ description }) => description?.startsWith('undici.globalDispatcher.'))
    .map((symbol) => Reflect.get(globalThis, symbol))
}

/** undici has the class that its pools extend in a file of its own. */
function poolsOfCopies(): object[] {
  const { cache } = createRequire(import.meta.url)
  return Object.entries(cache)
    .filter(([path]) => /[/\\]lib[/\\](dispatcher[/\\])?pool-base\.js$/.test(path))
    .flatMap(([, module]) => module?.exports.PoolBase?.prototype ?? [])
}

function* chain(prototype: object | null): Generator<object> {
  for (let each = prototype; each !== null; each = Object.getPrototypeOf(each)) yield each
}
