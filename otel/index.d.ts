export { type StartOptions, start } from './install.ts'
export type { Instrumentation } from './patching/added.ts'
export { correlationSpans } from './records/correlation-spans.ts'
