import { REGISTER } from '../../../src/throughline/settings/as-installed.ts'
import type { Launch, Preload } from '../app/launch.ts'
import { type Evidence, evidenceIn } from './evidence.ts'
import type { ProbeTask } from './probe-line.ts'
import { type ProbeRun, runProbe } from './run-probe.ts'

/** A probe, and what it proves. */
export interface Attempt {
  run: ProbeRun
  evidence: Evidence
  /** Whether the probe had our register although the app's start has not. */
  isAdded: boolean
}

/**
 * Probes an app as it is started. Where that has no register of ours, one of its preloads may start telemetry by
 * itself, or be another SDK; where neither shows, our register is put first, to see what would be.
 */
export async function probeAsStarted(
  task: ProbeTask,
  launch: Launch,
  limitMs: number,
): Promise<Attempt> {
  const attempt = async (how: Launch): Promise<Attempt> => {
    const run = await runProbe(task, how, limitMs)
    return { run, evidence: evidenceIn(run), isAdded: how !== launch }
  }
  const isAsked = launch.preloads.some(({ isOurs }) => isOurs)
  const asIs = await attempt(launch)
  return isAsked || isTraced(asIs.evidence) ? asIs : attempt(withOurs(launch))
}

/** Whether anybody's telemetry has started. */
function isTraced({ start, probed }: Evidence): boolean {
  return start?.msg === 'telemetry on' || probed?.holder !== undefined
}

/** The same with our register before all else that the script asks for. */
function withOurs(launch: Launch): Launch {
  const ours: Preload = { by: 'import', name: REGISTER, from: 'start', isOurs: true }
  return { ...launch, preloads: [ours, ...launch.preloads] }
}
