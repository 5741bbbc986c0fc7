import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { z } from 'zod'
import { onCore } from '../machine/cores.ts'
import type { Tally } from '../servers/serve.ts'

export interface ServerOptions {
  /** What Node is given, the server's file last. */
  args: readonly string[]
  /** Where `--import` looks for packages. */
  cwd: string
  env: Readonly<Record<string, string>>
  /** The core to keep it to, where there is one. */
  core: number | undefined
}

const Told = z.object({
  port: z.number(),
  requests: z.number(),
  cpuMicros: z.number(),
  rss: z.number(),
  heapUsed: z.number(),
})

/** How much of what a server says on stderr is kept, in characters. */
const KEPT = 2000

/** How long a server may take until it listens, and later on until it tells its tally, in milliseconds. */
const START_MS = 60_000
const TALLY_MS = 30_000

/** A server under measurement, in a process of its own; held unless it is its turn. */
export class ServerProcess {
  readonly #child: ChildProcess
  readonly #closed: Promise<unknown>
  #said = ''
  #url = ''

  /** Starts one, and resolves once it listens; rejects with its own words where it does not. */
  static async start(options: ServerOptions): Promise<ServerProcess> {
    const server = new ServerProcess(options)
    try {
      const { port } = await server.#told(AbortSignal.timeout(START_MS))
      server.#url = `http://127.0.0.1:${port}`
      return server
    } catch (error) {
      await server.kill()
      throw error
    }
  }

  private constructor({ args, cwd, env, core }: ServerOptions) {
    const [command = '', ...rest] = onCore(core, [process.execPath, ...args])
    this.#child = spawn(command, rest, { cwd, env, stdio: ['ignore', 'ignore', 'pipe', 'ipc'] })
    this.#child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#said = (this.#said + text).slice(-KEPT)
    })
    this.#closed = once(this.#child, 'close')
  }

  get url(): string {
    return this.#url
  }

  /** What it has done and used so far; rejects where it does not say. */
  async tally(patienceMs = TALLY_MS): Promise<Tally> {
    const told = this.#told(AbortSignal.timeout(patienceMs))
    this.#child.send('tally')
    return told
  }

  /** Lets it have no processor time, so that none is missing to the others. */
  hold(): void {
    this.#child.kill('SIGSTOP')
  }

  letGo(): void {
    this.#child.kill('SIGCONT')
  }

  async kill(): Promise<void> {
    this.#child.kill('SIGKILL')
    await this.#closed
  }

  async #told(signal: AbortSignal): Promise<Tally> {
    const ended = this.#closed.then((): never => {
      const { exitCode, signalCode } = this.#child
      throw new Error(`the server ended with ${exitCode ?? signalCode}: ${this.#said.trim()}`)
    })
    const told = once(this.#child, 'message', { signal })
    const [message] = await Promise.race([told, ended])
    return Told.parse(message)
  }
}
