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

const PRELOAD = /^(?:--(require|import)|-r)(?:=(.*))?$/s
const ENV_FILE = /^--env-file(?:-if-exists)?(=.*)?$/s
/** Of the others, those that may have their value in a word of its own. */
const WITH_VALUE = /^(-C|--conditions|--loader|--experimental-loader|--title|--input-type)$/

/** Reads the options of Node's that `words` begin with. */
export function nodeOptionsIn(words: readonly string[]): NodeOptions {
  const options: NodeOptions = { preloads: [], envFiles: [] }
  for (let i = 0; i < words.length; i += 1) {
    const word = words[i] ?? ''
    if (!word.startsWith('-')) break
    const preload = PRELOAD.exec(word)
    const envFile = ENV_FILE.exec(word)
    if (preload !== null) {
      const [, kind, name = words[++i] ?? ''] = preload
      options.preloads.push({ by: kind === 'import' ? 'import' : 'require', name })
    } else if (envFile !== null) {
      options.envFiles.push(envFile[1] === undefined ? `${word}=${words[++i] ?? ''}` : word)
    } else if (WITH_VALUE.test(word)) i += 1
  }
  return options
}

/** The package that a preload is of: `dd-trace` of `dd-trace/init`; undefined for a file of the app's. */
export function packageOf({ name }: Preload): string | undefined {
  const [path = '', ...inside] = name.replaceAll('\\', '/').split('node_modules/')
  if (inside.length === 0 && /^(\.|\/|file:|[a-z]:)/i.test(path)) return undefined
  return /^(@[^/]+\/)?[^/]+/.exec(inside.at(-1) ?? path)?.[0]
}
