import { hasSubscribers } from 'node:diagnostics_channel'
import { createRequire, syncBuiltinESMExports } from 'node:module'
import { registerInstrumentations } from '@opentelemetry/instrumentation'
import { register } from 'import-in-the-middle/register-hooks.mjs'
import { type Instrumentation, modulesOf } from './added.ts'

/** What undici publishes of a request; src/throughline/outbound listens to the first of them too, later. */
const UNDICI = ['create', 'headers', 'trailers', 'error'].map((name) => `undici:request:${name}`)

/**
 * Patches what is loaded from now on, however it is imported. The hooks run in this thread, so nothing loads before
 * they are in place, and look at the instrumented packages alone. Answers whether undici has got its listeners, which
 * nobody can tell from others' later on.
 */
export function patch(instrumentations: Instrumentation[]): { undici: boolean } {
  const silent = UNDICI.filter((name) => !hasSubscribers(name))
  register({ include: instrumentations.flatMap(modulesOf) })
  registerInstrumentations({ instrumentations })

  // Built-ins are loaded already. Requiring them patches the module, and the synchronisation carries that over to
  // named imports: without it `import { get } from 'node:http'` makes no spans.
  const require = createRequire(import.meta.url)
  require('node:http')
  require('node:https')
  syncBuiltinESMExports()
  return { undici: silent.every(hasSubscribers) }
}
