import type { ChildProcessByStdio } from 'node:child_process'
import { EventEmitter, once } from 'node:events'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import type { TestContext } from 'node:test'
import { z } from 'zod'

export type Line = Record<string, unknown>

export type AppProcess = ReturnType<typeof followProcess>

/** Reads a process's log lines as they come; the end of the test ends it. `isLog` says what on stdout is one. */
export function followProcess(
  t: TestContext,
  child: ChildProcessByStdio<null, Readable, Readable>,
  isLog: (text: string) => boolean = () => true,
) {
  const lines: Line[] = []
  const news = new EventEmitter().setMaxListeners(0)
  let stderr = ''
  let broken: Error | undefined

  child.stderr.setEncoding('utf8').on('data', (text) => {
    stderr += text
  })
  createInterface(child.stdout).on('line', (text) => {
    if (!isLog(text)) return
    try {
      lines.push(parseLine(text))
    } catch (cause) {
      broken ??= new Error(`not a log line: ${text}`, { cause })
    }
    news.emit('news')
  })
  const closed = once(child, 'close')
  closed.then(
    () => news.emit('news'),
    () => {},
  )
  t.after(async () => {
    child.kill('SIGKILL')
    await closed
  })

  /** Resolves at the process's end, with all that it wrote. */
  async function end() {
    const [code] = z.tuple([z.number().nullable(), z.unknown()]).parse(await closed)
    if (broken) throw broken
    return { code, lines, stderr }
  }

  return {
    pid: child.pid,
    lines,
    end,
    /** The first line that `matches`, as soon as it is there; rejects where the process ends without it. */
    async waitForLine(matches: (line: Line) => boolean): Promise<Line> {
      for (;;) {
        const line = lines.find(matches)
        if (line) return line
        if (broken) throw broken
        if (child.exitCode !== null || child.signalCode !== null) {
          await closed
          const last = lines.find(matches)
          if (last) return last
          throw new Error(`ended with ${child.exitCode ?? child.signalCode} before\n${stderr}`)
        }
        await once(news, 'news')
      }
    },
    signal(signal: NodeJS.Signals): void {
      child.kill(signal)
    },
    /** Asks it to end, and resolves when it has. */
    async stop(signal: NodeJS.Signals = 'SIGTERM') {
      child.kill(signal)
      return end()
    },
  }
}

/** A key that stood in the text twice would come back once. */
function parseLine(text: string): Line {
  const line = z.record(z.string(), z.unknown()).parse(JSON.parse(text))
  if (JSON.stringify(line) !== text) throw new Error('a key stands twice')
  return line
}
