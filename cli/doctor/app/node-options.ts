import { parseArgs } from 'node:util'

/** An option of Node's, such as one that names what is loaded before the app. */
export interface NodeOption {
  /** Which one, such as `import`. */
  by: string
  /** As it was written: a package, a part of one, or a file. */
  name: string
  /** Where it stands. */
  from: 'NODE_OPTIONS' | 'start'
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

/** Reads the options of Node's that `words` begin with, up to what is run. */
export function nodeOptionsIn(from: NodeOption['from'], words: readonly string[]): NodeOption[] {
  const options: NodeOption[] = []
  const how = { options: WITH_VALUE, strict: false, tokens: true, allowPositionals: true } as const
  for (const token of parseArgs({ ...how, args: [...words] }).tokens) {
    if (token.kind !== 'option') break
    options.push({ by: token.name, name: token.value ?? '', from })
  }
  return options
}
