import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import type { TestContext } from 'node:test'
import { setTimeout } from 'node:timers/promises'

export interface PartOptions {
  name: string
  command: string
  args: readonly string[]
  env?: Record<string, string>
  cwd?: string
  /** When it works: a line of its log, or a URL that answers 200. */
  ready: RegExp | string
}

/** One process of the tier, started again with the same arguments, and so on the same ports and folders. */
export type Part = Awaited<ReturnType<typeof startPart>>

/** Starts it and resolves once it works; rejects with the end of its log. The end of the test ends it. */
export async function startPart(t: TestContext, options: PartOptions) {
  let child = await begin(options)
  const stop = async (signal: NodeJS.Signals = 'SIGTERM') => {
    if (child.exitCode !== null || child.signalCode !== null) return
    const gone = once(child, 'exit')
    child.kill(signal)
    await gone
  }
  t.after(() => stop('SIGKILL'))
  return {
    name: options.name,
    get pid() {
      return child.pid
    },
    stop,
    async start(): Promise<void> {
      child = await begin(options)
    },
  }
}

async function begin(options: PartOptions): Promise<ChildProcess> {
  const { name, command, args, env = {}, cwd, ready } = options
  const child = spawn(command, args, {
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(cwd === undefined ? {} : { cwd }),
  })
  const log: string[] = []
  const { promise: ended, reject } = Promise.withResolvers<never>()
  child.once('error', reject)
  child.once('close', (code, signal) =>
    reject(new Error(`${name} ended with ${code ?? signal}\n${log.join('\n')}`)),
  )
  const { promise: said, resolve } = Promise.withResolvers<void>()
  for (const stream of [child.stdout, child.stderr])
    createInterface(stream).on('line', (line) => {
      log.push(line)
      if (log.length > 60) log.shift()
      if (ready instanceof RegExp && ready.test(line)) resolve()
    })
  ended.catch(() => {}) // later it ends because the test does
  await Promise.race([ended, ready instanceof RegExp ? said : answers(ready)])
  return child
}

async function answers(url: string): Promise<void> {
  while (!(await isThere(url))) await setTimeout(50)
}

async function isThere(url: string): Promise<boolean> {
  try {
    return (await fetch(url)).ok
  } catch {
    return false
  }
}
