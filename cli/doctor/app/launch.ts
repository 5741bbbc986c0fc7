import { realpathSync } from 'node:fs'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ownFiles, REGISTER } from '../../../src/throughline/settings/as-installed.ts'
import type { Environment } from '../../../src/throughline/settings/environment.ts'
import type { Manifest } from './manifest.ts'
import { nodeOptionsIn, type Preload } from './preloads.ts'
import { startCommand, wordsOf } from './start-command.ts'

/** A preload, and who asks for it. */
export interface Asked extends Preload {
  from: 'NODE_OPTIONS' | 'start'
  /** Whether it is our register. */
  isOurs: boolean
}

/** How an app is started, as far as its `start` script and the environment tell. */
export interface Launch {
  /** The script; undefined where there is none. */
  script: string | undefined
  /** Whether Node's options stand in the script. */
  isNode: boolean
  /** What is loaded before the app, in the order in which Node loads it: what is required, then what is imported. */
  preloads: Asked[]
  envFiles: string[]
  /** The environment, with what the script sets. */
  env: Environment
}

export function launchOf({ scripts }: Manifest, folder: string, given: Environment): Launch {
  const { text, isNode, preloads, envFiles, variables } = startCommand(scripts, given)
  const env = { ...given, ...variables }
  const asked = (from: Asked['from']) => (each: Preload) => {
    return { ...each, from, isOurs: isRegister(each.name, folder) }
  }
  const all = [
    ...nodeOptionsIn(wordsOf(env.NODE_OPTIONS ?? '')).preloads.map(asked('NODE_OPTIONS')),
    ...preloads.map(asked('start')),
  ]
  const by = (kind: Preload['by']) => all.filter((each) => each.by === kind)
  return { script: text, isNode, envFiles, env, preloads: [...by('require'), ...by('import')] }
}

/** The same with our register before all else that the script asks for. */
export function withOurs(launch: Launch): Launch {
  const ours: Asked = { by: 'import', name: REGISTER, from: 'start', isOurs: true }
  return { ...launch, preloads: [ours, ...launch.preloads] }
}

/** The path of our register. */
export function ownRegister(): string {
  const { root, register } = ownFiles()
  return resolve(root, register)
}

/** Whether this is our register, by its name or by its place. */
function isRegister(name: string, folder: string): boolean {
  if (name === REGISTER || name === 'throughline/register') return true
  const path = name.startsWith('file:') ? fileURLToPath(name) : resolve(folder, name)
  try {
    return realpathSync(path) === realpathSync(ownRegister())
  } catch {
    return false // no file at all, as the name of a package is none
  }
}
