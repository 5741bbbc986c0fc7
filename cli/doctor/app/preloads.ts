import { parseArgs } from 'node:util'

/** What Node is told to load before the app. */
export interface Preload {
  by: 'require' | 'import'
  /** As it was written: a package, a part of one, or a file. */
  name: string
}

/** Node's options at the head of a command, up to what is run. */
export interface NodeOptions {
  preloads: Preload[]
  /** Each whole, such as `--env-file=.env.local`. */
  envFiles: string[]
}

/** Those that have a value, which may stand in a word of its own. */
const WITH_VALUE = {
  require: { type: 'string', short: 'r' },
  import: { type: 'string' },
  'env-file': { type: 'string' },
  'env-file-if-exists': { type: 'string' },
  conditions: { type: 'string', short: 'C' },
  loader: { type: 'string' },
  'experimental-loader': { type: 'string' },
  title: { type: 'string' },
  'input-type': { type: 'string' },
} as const

/** Reads the options of Node's that `words` begin with. */
export function nodeOptionsIn(words: readonly string[]): NodeOptions {
  const options: NodeOptions = { preloads: [], envFiles: [] }
  const how = { options: WITH_VALUE, strict: false, tokens: true, allowPositionals: true } as const
  for (const token of parseArgs({ ...how, args: [...words] }).tokens) {
    if (token.kind !== 'option') break
    const { name, rawName, value = '' } = token
    if (name === 'require' || name === 'import') options.preloads.push({ by: name, name: value })
    else if (name.startsWith('env-file')) options.envFiles.push(`${rawName}=${value}`)
  }
  return options
}

/** The package that a preload is of: `dd-trace` of `dd-trace/init`; undefined for a file of the app's. */
export function packageOf({ name }: Preload): string | undefined {
  const [path = '', ...inside] = name.replaceAll('\\', '/').split('node_modules/')
  if (inside.length === 0 && /^(\.|\/|file:|[a-z]:)/i.test(path)) return undefined
  return /^(@[^/]+\/)?[^/]+/.exec(inside.at(-1) ?? path)?.[0]
}
