// What `pino` means in the package, where rolldown.config.ts puts this in its place: the app's own, so that its loggers
// and ours are of one kind, or else the one that is built in.
import { createRequire } from 'node:module'
import builtIn from 'pino'

export const pino = pinoOfApp() ?? Object.assign(makeLogger, builtIn)
export const { symbols } = pino
export default pino

function pinoOfApp(): typeof builtIn | undefined {
  try {
    return createRequire(import.meta.url)('pino')
  } catch {
    return undefined
  }
}

function makeLogger(...args: Parameters<typeof builtIn>): ReturnType<typeof builtIn> {
  const [options] = args
  if (options !== undefined && 'transport' in options) {
    throw new TypeError("pino's option transport needs pino itself: npm install pino")
  }
  return (globalThis.throughlinePatchPino?.(builtIn) ?? builtIn)(...args)
}
