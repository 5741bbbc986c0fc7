import { spawn } from 'node:child_process'
import { EventEmitter, once } from 'node:events'
import type { TestContext } from 'node:test'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'

/** Where package.json is. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url))

export interface CommandOptions {
  /** Seen from `cwd`, such as `cli/main.ts`. */
  entry: string
  args?: string[]
  env?: Record<string, string>
  cwd?: string
}

/** Starts a command as its npm script does; the end of the test ends it, and what it has started. */
export function startCommand(t: TestContext, options: CommandOptions) {
  const { entry, args = [], env = {}, cwd = ROOT } = options
  const child = spawn(process.execPath, ['--require', './needs-node.cjs', entry, ...args], {
    cwd,
    env: { PATH: process.env.PATH ?? '', PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const news = new EventEmitter()
  const written = { stdout: '', stderr: '' }
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text) => {
      written[name] += text
      news.emit('news')
    })
  }
  const closed = once(child, 'close')
  const end = async () => {
    const [code] = z.tuple([z.number().nullable(), z.unknown()]).parse(await closed)
    return { code, ...written }
  }
  closed.then(() => news.emit('news'))
  t.after(async () => {
    child.kill('SIGTERM')
    await closed
  })

  return {
    /** Resolves once stdout matches, from `after` on; rejects where the command ends without it. */
    async waitFor(pattern: RegExp, after = 0): Promise<RegExpExecArray> {
      for (;;) {
        const match = pattern.exec(written.stdout.slice(after))
        if (match) return match
        if (child.exitCode !== null || child.signalCode !== null) {
          throw new Error(`ended before ${pattern}\n${written.stdout}${written.stderr}`)
        }
        await once(news, 'news')
      }
    },
    /** How much it has written to stdout so far. */
    written: () => written.stdout.length,
    end,
    async interrupt() {
      child.kill('SIGINT')
      return end()
    },
  }
}

/** Whether a process of ours is still there. */
export function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
