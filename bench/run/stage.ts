import type { FullLoad } from '../load/wrk.ts'
import type { Cores } from '../machine/cores.ts'
import type { Plan } from './plan.ts'

/** What every step of the run is done with. */
export interface Stage {
  plan: Plan
  load: FullLoad
  /** Undefined where nothing can be kept to a core. */
  cores: Cores | undefined
  /** What `/proxy` calls. */
  downstreamUrl: string
  /** Says what is being done, in a few words. */
  progress: (doing: string) => void
}
