import { Readable } from 'node:stream'
import { pivot } from '../../cli/pivot/pivot-command.ts'
import { Recorder } from './recorder.ts'

interface RunOptions {
  env?: NodeJS.ProcessEnv
  stdin?: string
  isTTY?: boolean
  columns?: number
  /** Runs instead of the half second between two questions. */
  pause?: () => Promise<unknown>
}

/** Runs pivot in this process and resolves to its exit status and what it wrote. */
export async function runPivot(args: string[], options: RunOptions = {}) {
  const { env = {}, stdin = '', isTTY = false, columns, pause = async () => {} } = options
  const stdout = new Recorder(isTTY, columns)
  const stderr = new Recorder(isTTY, columns)
  const input = Readable.from([stdin])
  const status = await pivot(args, { stdin: input, stdout, stderr, env, now: Date.now, pause })
  return { status, stdout: stdout.text, stderr: stderr.text }
}
