import { realpathSync } from 'node:fs'
import { basename, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ownFiles, REGISTER } from '../../../src/throughline/settings/as-installed.ts'
import type { Environment } from '../../../src/throughline/settings/environment.ts'
import type { Manifest } from '../../package/manifest.ts'
import { type NodeOption, nodeOptionsIn } from './node-options.ts'
import { lastCommand, wordsOf } from './shell-words.ts'

/** What is loaded before the app. */
export interface Preload extends NodeOption {
  /** Whether it is our register. */
  isOurs: boolean
}

/** How an app is started, as far as its `start` script and the environment tell. */
export interface Launch {
  /** The script, or the one that it only passes on to; undefined where there is none. */
  script: string | undefined
  /** Whether Node's options stand in the script: what else it runs, such as `nest start`, may have its own. */
  isNode: boolean
  /** In the order in which Node loads them: what is required, then what is imported. */
  preloads: Preload[]
  /** Each a whole option, such as `--env-file=.env.local`. */
  envFiles: string[]
  /** The environment, with what the script sets. */
  env: Environment
}

/** What stands before the command that counts, variables among it. */
const LEADING = /^(?:(\w+)=(.*)|exec|env|cross-env|npx)$/s
const TAKES_NODE_OPTIONS = /^(node|tsx|ts-node|nodemon|node-dev|ts-node-dev)(\.exe)?$/
const RUNS_SCRIPT = /^(?:npm|pnpm|yarn) (?:run )?(?:-s |--silent )?([\w:.-]+)$/

export function launchOf({ scripts }: Manifest, folder: string, given: Environment): Launch {
  const script = scriptOf(scripts)
  const env: Record<string, string | undefined> = { ...given }
  let [program = '', ...rest] = lastCommand(script ?? '')
  for (; LEADING.test(program); [program = '', ...rest] = rest) {
    const [, variable, value = ''] = LEADING.exec(program) ?? []
    if (variable !== undefined) env[variable] = expanded(value, given)
  }
  const isNode = TAKES_NODE_OPTIONS.test(basename(program))
  const options = [
    ...nodeOptionsIn('NODE_OPTIONS', wordsOf(env.NODE_OPTIONS ?? '')),
    ...nodeOptionsIn('start', isNode ? rest : []),
  ]
  const preloads = ['require', 'import'].flatMap((kind) => {
    const those = options.filter(({ by }) => by === kind)
    return those.map((each) => ({ ...each, isOurs: isRegister(each.name, folder) }))
  })
  const files = options.filter(({ by, from }) => from === 'start' && by.startsWith('env-file'))
  const envFiles = files.map(({ by, name }) => `--${by}=${name}`)
  return { script, isNode, preloads, envFiles, env }
}

/** The `start` script, or the one that it only passes on to; none comes twice, so no circle is endless. */
function scriptOf(scripts: Manifest['scripts'], name = 'start'): string | undefined {
  const { [name]: script, ...others } = scripts
  const next = RUNS_SCRIPT.exec(script?.trim() ?? '')?.[1]
  return next !== undefined && Object.hasOwn(others, next) ? scriptOf(others, next) : script
}

function expanded(value: string, env: Environment): string {
  return value.replace(/\$(?:(\w+)|\{(\w+)\})/g, (_all, bare, braced) => env[bare ?? braced] ?? '')
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
