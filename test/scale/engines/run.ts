import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const execute = promisify(execFile)

/** The network may hang; then the tests that need this are skipped. */
const PATIENCE_MS = 900_000

/** Runs a command in a folder; rejects with the last lines that it wrote. */
export async function run(
  command: string,
  args: readonly string[],
  cwd: string,
  env: Record<string, string> = {},
): Promise<void> {
  try {
    const options = { cwd, env: { ...process.env, ...env }, timeout: PATIENCE_MS }
    await execute(command, args, { ...options, maxBuffer: 2 ** 26 })
  } catch (error) {
    const written = error instanceof Error && 'stderr' in error ? String(error.stderr) : ''
    const last = written.trim().split('\n').slice(-3).join('\n')
    throw new Error(`${command} ${args[0]} failed: ${last || error}`)
  }
}
