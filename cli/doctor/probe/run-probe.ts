import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { pathToFileURL } from 'node:url'
import { ownFiles } from '../../../src/throughline/settings/as-installed.ts'
import { type Asked, type Launch, ownRegister } from '../app/launch.ts'
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
export async function runProbe(
  task: ProbeTask,
  launch: Launch,
  limitMs: number,
): Promise<ProbeRun> {
  const args = [...launch.envFiles, ...preloadsOf(launch), '--eval', codeFor(task)]
  const child = spawn(process.execPath, args, {
    cwd: task.folder,
    env: launch.env,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const run: ProbeRun = { stdout: '', stderr: '', status: undefined, hung: false }
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      run[name] += text
    })
  }
  const limit = setTimeout(() => {
    run.hung = child.exitCode === null && child.signalCode === null
    child.kill('SIGKILL')
    // Processes of its own may hold them open.
    child.stdout.destroy()
    child.stderr.destroy()
  }, limitMs)
  try {
    await once(child, 'close')
  } finally {
    clearTimeout(limit)
  }
  return { ...run, status: child.exitCode ?? undefined }
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
function registerFor(by: Asked['by']): string {
  const path = ownRegister()
  return by === 'require' ? path : pathToFileURL(path).href
}

/** As code rather than as a file: what it imports is looked for in the app's folder, and its package is the app's. */
function codeFor(task: ProbeTask): string {
  const url = JSON.stringify(pathToFileURL(ownFiles().probe))
  return `import(${url}).then(({ probe }) => probe(${JSON.stringify(task)}, (name) => import(name)))`
}
