import { z } from 'zod'
import { sharedApi } from '../../../src/throughline/identity/shared-api.ts'
import { LOADED_EARLY } from './probe-line.ts'

/** The version of OpenTelemetry's API that was there first: all copies keep what is registered in one place. */
export function apiVersion(): string | undefined {
  return z.string().safeParse(sharedApi()?.version).data
}

/** The libraries that were loaded before our register, as far as that was noted. */
export function loadedEarly(): string[] {
  const paths = z.array(z.string()).catch([]).parse(Reflect.get(globalThis, LOADED_EARLY))
  const names = paths.flatMap((path) => LIBRARY.exec(path)?.[1] ?? [])
  return [...new Set(names)]
}

const LIBRARY = /[/\\]node_modules[/\\](express|pino|undici)[/\\][^/\\]+$/
