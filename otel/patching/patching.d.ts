import { type Instrumentation } from './added.ts'
/**
 * Patches what is loaded from now on, however it is imported. The hooks run in this thread, so nothing loads before
 * they are in place, and look at the instrumented packages alone. Answers whether undici has got its listeners, which
 * nobody can tell from others' later on.
 */
export declare function patch(instrumentations: Instrumentation[]): {
  undici: boolean
}
