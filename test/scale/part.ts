import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import type { TestContext } from 'node:test'
import { setTimeout } from 'node:timers/promises'

export interface PartOptions {
  name: string
  command: string
  args: readonly string[]
  env?: Readonly<Record<string, string>>
  /** When it works: a line of its log, or a URL that answers 200. */
  ready: RegExp | string
}

/** One process of the tier; started again it has the same ports and folders. */
export type Part = Awaited<ReturnType<typeof startPart>>

/** Starts it and resolves once it works; rejects with the end of its log. The end of the test ends it. */
export async function startPart(t: TestContext, options: PartOptions) {
  let child = spawnPart(options)
  const stop = async (signal: NodeJS.Signals = 'SIGTERM') => {
    if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return
    const gone = once(child, 'exit')
    child.kill(signal)
    await gone
  }
  // Before it works: a part that starts while another fails must not stay behind.
  t.after(() => stop('SIGKILL'))
  await works(child, options)
  return {
    name: options.name,
    get pid() {
      return child.pid
    },
    stop,
    async start(): Promise<void> {
      child = spawnPart(options)
      await works(child, options)
    },
  }
}

function spawnPart({ command, args, env = {} }: PartOptions) {
  return spawn(command, args, {
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}

/** How much of its log an error has. */
const LAST_LINES = 60

async function works(child: ReturnType<typeof spawnPart>, { name, ready }: PartOptions) {
  const log: string[] = []
  const { promise: said, resolve, reject } = Promise.withResolvers<void>()
  for (const stream of [child.stdout, child.stderr]) {
    createInterface(stream).on('line', (line) => {
      log.push(line)
      if (log.length > LAST_LINES) log.shift()
      if (ready instanceof RegExp && ready.test(line)) resolve()
    })
  }
  child.once('error', reject)
  // `close` comes after the last line of its log, `exit` may come before it.
  child.once('close', (code, signal) =>
    reject(new Error(`${name} ended with ${code ?? signal}\n${log.join('\n')}`)),
  )
  if (typeof ready === 'string') answers(ready, child).then(resolve, reject)
  await said
}

async function answers(url: string, child: ChildProcess): Promise<void> {
  while (child.exitCode === null && child.signalCode === null) {
    if (await isThere(url)) return
    await setTimeout(50)
  }
  await once(child, 'close') // which says with what it ended
}

async function isThere(url: string): Promise<boolean> {
  try {
    return (await fetch(url)).ok
  } catch {
    return false
  }
}
