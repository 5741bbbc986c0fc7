import { Readable } from 'node:stream'
import { pivot } from '../../cli/pivot/pivot.ts'
import { fakeTerminal } from './fake-terminal.ts'

interface RunOptions {
  env?: NodeJS.ProcessEnv
  stdin?: string
  isTTY?: boolean
  columns?: number
  /** Runs instead of the half second between two questions. */
  pause?: () => Promise<unknown>
}

/** Runs pivot in this process and resolves to its exit status and what it wrote. */
export async function runPivot(args: string[], { stdin = '', ...options }: RunOptions = {}) {
  const terminal = fakeTerminal({ ...options, stdin: Readable.from([stdin]) })
  const status = await pivot(args, terminal)
  return { status, stdout: terminal.stdout.text, stderr: terminal.stderr.text }
}
