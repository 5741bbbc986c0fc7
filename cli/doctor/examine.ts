import { ownFiles } from '../../src/throughline/settings/as-installed.ts'
import type { Environment } from '../../src/throughline/settings/environment.ts'
import type { Patience } from '../trace/poll.ts'
import { type Copy, installedFor, ofName, packageFrom } from './app/installed.ts'
import { launchOf } from './app/launch.ts'
import { manifestIn, NO_MANIFEST, packageFolder } from './app/manifest.ts'
import { apiCopies } from './findings/api-copies.ts'
import { exportsFound } from './findings/exports.ts'
import type { Finding } from './findings/finding.ts'
import { expressFound, pinoFound } from './findings/libraries.ts'
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
  const folder = packageFolder(called) ?? called
  const found = manifestIn(folder)
  const manifest = found ?? NO_MANIFEST
  const installed = installedFor(folder, manifest)
  const launch = launchOf(manifest, folder, env)
  const foldersOf = (name: string) => ofName(installed, name).map((copy) => copy.folder)
  const libraries = {
    express: foldersOf('express'),
    pino: foldersOf('pino'),
    undici: foldersOf('undici'),
  }
  const task = { folder, isModule: manifest.type === 'module', libraries }
  const evidence = await probeAsStarted(task, launch, limitMs)
  const findings: Finding[] = [
    nodeVersion(ownFiles().root),
    moduleSystem(found, folder),
    expressFound(installed, evidence),
    pinoFound(installed),
    apiCopies(installed, evidence.probed?.api),
    others(installed, launch, isOursIn(folder)),
    registerOrder(launch, evidence),
    telemetryFound(evidence),
    serviceFound(evidence),
    ...exportsFound(evidence),
    await traceInUi(evidence, ui, patience),
  ]
  return { folder, findings }
}

/** Where the app is of these sources, what they are made with is no other's. */
function isOursIn(folder: string): (copy: Copy) => boolean {
  const { root } = ownFiles()
  const own = manifestIn(root)?.dependencies ?? {}
  return ({ name, folder: place }) => {
    const isUsed = folder === root && name in own
    return isUsed && packageFrom(root, name)?.folder === place
  }
}
