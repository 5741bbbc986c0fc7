import { basename } from 'node:path'
import type { Environment } from '../../../src/throughline/settings/environment.ts'
import { type NodeOptions, nodeOptionsIn } from './preloads.ts'

/** What the `start` script of an app runs. */
interface StartCommand extends NodeOptions {
  /** Undefined where there is no such script. */
  text: string | undefined
  /** Whether Node's options stand in it: what else it runs, such as `nest start`, may have its own. */
  isNode: boolean
  /** The variables that it sets. */
  variables: Record<string, string>
}

const ASSIGNMENT = /^(\w+)=(.*)$/s
const BETWEEN = /^(&&|\|\||;|&|\|)$/
/** What stands before the command that counts. */
const LEADING = /^(exec|env|cross-env|npx)$/
const TAKES_NODE_OPTIONS = /^(node|tsx|ts-node|nodemon|node-dev|ts-node-dev)(\.exe)?$/
const RUNS_SCRIPT = /^(?:npm|pnpm|yarn) (?:run )?(?:-s |--silent )?([\w:.-]+)$/

/** Reads the `start` script, or the one that it only passes on to; `env` is what its variables are made of. */
export function startCommand(
  scripts: Readonly<Record<string, string>>,
  env: Environment,
  name = 'start',
  seen: readonly string[] = [],
): StartCommand {
  const { [name]: text } = scripts
  if (text === undefined) return { ...NOTHING, text }
  const next = RUNS_SCRIPT.exec(text.trim())?.[1]
  if (next !== undefined && next in scripts && !seen.includes(next)) {
    return startCommand(scripts, env, next, [...seen, name])
  }
  const words = lastOf(wordsOf(text))
  const variables: Record<string, string> = {}
  for (let word = words[0] ?? ''; ; word = words[0] ?? '') {
    const [, variable, value] = ASSIGNMENT.exec(word) ?? []
    if (variable !== undefined && value !== undefined) variables[variable] = expanded(value, env)
    else if (!LEADING.test(word)) break
    words.shift()
  }
  const [program = '', ...rest] = words
  const isNode = TAKES_NODE_OPTIONS.test(basename(program))
  return { ...(isNode ? nodeOptionsIn(rest) : NOTHING), text, isNode, variables }
}

const NOTHING = { preloads: [], envFiles: [], isNode: false, variables: {} }

function expanded(value: string, env: Environment): string {
  return value.replace(/\$(?:(\w+)|\{(\w+)\})/g, (_all, bare, braced) => env[bare ?? braced] ?? '')
}

/** The words of the last of several commands: it is the one that stays. */
function lastOf(words: string[]): string[] {
  return words.slice(words.findLastIndex((word) => BETWEEN.test(word)) + 1)
}

/** A command line, or NODE_OPTIONS, by its words, as a shell would split it; quotes are taken away. */
export function wordsOf(text: string): string[] {
  const words = text.matchAll(/(?:"(?:\\.|[^"\\])*"|'[^']*'|\\.|[^\s"'\\])+/g)
  return Array.from(words, ([word]) => unquoted(word))
}

function unquoted(word: string): string {
  return word.replace(
    /"((?:\\.|[^"\\])*)"|'([^']*)'|\\(.)/g,
    (_all, double?: string, single?: string, escaped?: string) =>
      double?.replace(/\\(.)/g, '$1') ?? single ?? escaped ?? '',
  )
}
