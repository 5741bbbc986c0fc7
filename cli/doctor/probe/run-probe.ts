import { execFile } from 'node:child_process'
import { pathToFileURL } from 'node:url'
import { ownFiles, REGISTER } from '../../../src/throughline/settings/as-installed.ts'
import { type Launch, ownRegister, type Preload } from '../app/launch.ts'
import type { ProbeTask } from './app-libraries.ts'
import { type Evidence, evidenceIn, type ProbeRun } from './evidence.ts'

/**
 * Probes an app as it is started. Where that has no register of ours, one of its preloads may start telemetry by
 * itself, or be another SDK; where neither shows, our register is put first, to see what would be.
 */
export async function probeAsStarted(
  task: ProbeTask,
  launch: Launch,
  limitMs: number,
): Promise<Evidence> {
  const asIs = evidenceIn(await runProbe(task, launch, limitMs))
  const isTraced = asIs.on !== undefined || asIs.probed?.holder !== undefined
  if (isTraced || launch.preloads.some(({ isOurs }) => isOurs)) return asIs
  const ours: Preload = { by: 'import', name: REGISTER, from: 'start', isOurs: true }
  const withOurs = { ...launch, preloads: [ours, ...launch.preloads] }
  return { ...evidenceIn(await runProbe(task, withOurs, limitMs)), isAdded: true }
}

/**
 * Runs the probe in the app's folder, in its environment, with what its start loads before it and in that order. What
 * takes longer than `limitMs` is ended.
 */
function runProbe(task: ProbeTask, launch: Launch, limitMs: number): Promise<ProbeRun> {
  const args = [...launch.envFiles, ...preloadsOf(launch), '--eval', codeFor(task)]
  const options = {
    cwd: task.folder,
    env: launch.env,
    timeout: limitMs,
    killSignal: 'SIGKILL',
    maxBuffer: Number.POSITIVE_INFINITY,
  } as const
  return new Promise((resolve) => {
    const child = execFile(process.execPath, args, options, (error, stdout, stderr) => {
      const hung = error?.killed === true && child.exitCode === null
      resolve({ stdout, stderr, status: child.exitCode ?? undefined, hung })
    })
    // There is nothing to be read for what is loaded before.
    child.stdin?.end()
  })
}

/** Those of NODE_OPTIONS come by the environment. */
function preloadsOf({ preloads }: Launch): string[] {
  const named = preloads.filter(({ from }) => from === 'start')
  return named.flatMap(({ by, name, isOurs }) => {
    if (!isOurs) return [`--${by}`, name]
    // This very copy of it, wherever the app has its own.
    const path = ownRegister()
    if (by === 'require') return ['--require', path]
    return ['--import', WHAT_IS_LOADED, '--import', pathToFileURL(path).href]
  })
}

/** A module that notes which files are loaded before our register is; only by a URL of its own can it stand there. */
const WHAT_IS_LOADED = `data:text/javascript,${encodeURIComponent(
  `import { createRequire } from 'node:module'
  globalThis.throughlineLoadedEarly = Object.keys(createRequire('file:///').cache)`,
)}`

/** As code rather than as a file: what it imports is looked for in the app's folder, and its package is the app's. */
function codeFor(task: ProbeTask): string {
  const url = JSON.stringify(pathToFileURL(ownFiles().probe))
  const args = `${JSON.stringify(task)}, (name) => import(name), globalThis.throughlineLoadedEarly`
  return `import(${url}).then(({ probe }) => probe(${args}))`
}
