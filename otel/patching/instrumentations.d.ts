import type { Hosts } from '../../src/throughline/settings/hosts.ts'
import type { Instrumentation } from './added.ts'

declare global {
  /** Patches a pino that no hook sees, since it is loaded as a part of something else. */
  var throughlinePatchPino: (<Pino extends object>(pino: Pino) => Pino) | undefined
}
export interface Wanted {
  /** What there is an exporter for: an instrumentation that nobody listens to costs all the same. */
  metrics: boolean
  logs: boolean
  /** The hosts that the trace may leave to; undefined means every host. */
  propagateTo?: Hosts | undefined
}
/** The instrumentations; constructing them patches what loads from then on. */
export declare function createInstrumentations({
  metrics,
  logs,
  propagateTo,
}: Wanted): Instrumentation[]
