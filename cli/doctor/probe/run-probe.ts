import { execFile } from 'node:child_process'
import { pathToFileURL } from 'node:url'
import { ownFiles } from '../../../src/throughline/settings/as-installed.ts'
import { type Launch, ownRegister, type Preload } from '../app/launch.ts'
import { LOADED_EARLY, type ProbeTask } from './probe-line.ts'

/** What a process has written, and how it ended. */
export interface ProbeRun {
  stdout: string
  stderr: string
  /** Undefined where a signal ended it. */
  status: number | undefined
  /** Whether it had to be ended by us. */
  hung: boolean
}

/**
 * Runs the probe as the app is started: in its folder, in its environment, with what its start loads before it and in
 * that order. What takes longer than `limitMs` is ended.
 */
export function runProbe(task: ProbeTask, launch: Launch, limitMs: number): Promise<ProbeRun> {
  const args = [...launch.envFiles, ...preloadsOf(launch), '--eval', codeFor(task)]
  const limits = {
    timeout: limitMs,
    killSignal: 'SIGKILL',
    maxBuffer: Number.POSITIVE_INFINITY,
  } as const
  return new Promise((resolve) => {
    const options = { cwd: task.folder, env: launch.env, ...limits }
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
  return named.flatMap(({ by, name, isOurs }) => [
    ...(isOurs && by === 'import' ? ['--import', WHAT_IS_LOADED] : []),
    `--${by}`,
    isOurs ? registerFor(by) : name,
  ])
}

/** A module that notes which files are loaded before our register is; only by a URL of its own can it stand there. */
const WHAT_IS_LOADED = `data:text/javascript,${encodeURIComponent(
  `import { createRequire } from 'node:module'
  globalThis.${LOADED_EARLY} = Object.keys(createRequire('file:///').cache)`,
)}`

/** This very copy of it, wherever the app has its own. */
function registerFor(by: Preload['by']): string {
  const path = ownRegister()
  return by === 'require' ? path : pathToFileURL(path).href
}

/** As code rather than as a file: what it imports is looked for in the app's folder, and its package is the app's. */
function codeFor(task: ProbeTask): string {
  const url = JSON.stringify(pathToFileURL(ownFiles().probe))
  return `import(${url}).then(({ probe }) => probe(${JSON.stringify(task)}, (name) => import(name)))`
}
