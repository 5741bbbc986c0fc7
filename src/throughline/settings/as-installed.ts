import { findPackageJSON } from 'node:module'
import { dirname, join } from 'node:path'

/** Whether these are the sources, which whoever runs them owns, and not the package that was built of them. */
const OWNED = import.meta.filename.endsWith('.ts')

/** What `--import` names, so that telemetry is loaded first. */
export const REGISTER = OWNED ? './otel/register.ts' : 'throughline/register'

/**
 * How one calls a command.
 *
 * @example
 * commandLine('pivot', 'abc-123') // 'npm run pivot -- abc-123'
 */
export function commandLine(command: string, args?: string): string {
  const called = OWNED ? `npm run ${command}` : `npx throughline ${command}`
  if (args === undefined) return called
  return `${called}${OWNED ? ' --' : ''} ${args}`
}

/** The folder with our package.json, and what of ours a command starts in a process of its own, as paths in it. */
export function ownFiles(): { root: string; register: string; app: string; probe: string } {
  const root = dirname(findPackageJSON('..', import.meta.url) ?? '')
  if (OWNED) {
    const probe = join(root, 'cli/doctor/probe/probe.ts')
    return { root, register: './otel/register.ts', app: 'src/server.ts', probe }
  }
  const built = (name: string) => join(root, 'dist', `${name}.cjs`)
  return { root, register: built('register'), app: built('app'), probe: built('probe') }
}
