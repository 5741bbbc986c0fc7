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
