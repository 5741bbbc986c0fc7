import { Readable } from 'node:stream'
import type { Terminal } from '../../cli/command/command.ts'
import { paintFor } from '../../cli/command/paint.ts'
import { Recorder } from './recorder.ts'

export interface FakeTerminal extends Terminal {
  stdout: Recorder
  stderr: Recorder
}

/** A terminal, or pipes, in this process: what is written can be read, and no time passes between two questions. */
export function fakeTerminal({
  isTTY = false,
  columns = 100,
  ...given
}: Partial<Terminal> & { isTTY?: boolean; columns?: number | undefined } = {}): FakeTerminal {
  const { env = {} } = given
  const stdout = new Recorder(isTTY, columns)
  return {
    stdin: Readable.from([]),
    env,
    paint: paintFor(stdout, env),
    folder: process.cwd(),
    now: Date.now,
    pause: async () => {},
    signal: new AbortController().signal,
    ...given,
    stdout,
    stderr: new Recorder(isTTY, columns),
  }
}
