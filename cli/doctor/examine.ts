import { ownFiles } from '../../src/throughline/settings/as-installed.ts'
import type { Environment } from '../../src/throughline/settings/environment.ts'
import { manifestIn, NO_MANIFEST, upwards } from '../package/manifest.ts'
import type { Patience } from '../trace/poll.ts'
import { installedFor, LIBRARIES } from './app/installed.ts'
import { launchOf } from './app/launch.ts'
import { exportsFound } from './findings/exports.ts'
import type { Finding } from './findings/finding.ts'
import { apiCopies, expressFound, pinoFound } from './findings/libraries.ts'
import { others } from './findings/others.ts'
import { registerOrder } from './findings/register-order.ts'
import { moduleSystem, nodeVersion } from './findings/runtime.ts'
import { serviceFound, telemetryFound } from './findings/telemetry.ts'
import { traceInUi } from './findings/trace-ui.ts'
import { probeAsStarted } from './probe/run-probe.ts'

interface Examination {
  /** Where the command was called. */
  called: string
  env: Environment
  /** The trace UI that was asked for. */
  ui: string | undefined
  /** How long the probe may take, in milliseconds. */
  limitMs: number
  patience: Patience
}

/** All that there is to say of the app in a folder, in the order in which one reads it. */
export async function examine({ called, env, ui, limitMs, patience }: Examination) {
  const { root } = ownFiles()
  const folder = upwards(called).find((each) => manifestIn(each) !== undefined) ?? called
  const found = manifestIn(folder)
  const manifest = found ?? NO_MANIFEST
  const installed = installedFor(folder, manifest)
  const launch = launchOf(manifest, folder, env)
  const copies = installed.filter(({ name }) => LIBRARIES.includes(name))
  const task = { folder, isModule: manifest.type === 'module', copies }
  const evidence = await probeAsStarted(task, launch, limitMs)
  const findings: Finding[] = [
    nodeVersion(root),
    moduleSystem(found, folder),
    expressFound(installed, evidence),
    pinoFound(installed),
    apiCopies(installed, evidence.probed?.api),
    others(installed, launch, folder === root),
    registerOrder(launch, evidence),
    telemetryFound(evidence),
    serviceFound(evidence),
    ...exportsFound(evidence),
    await traceInUi(evidence, ui, patience),
  ]
  return { folder, findings }
}
