import { join } from 'node:path'

const ROOT = join(import.meta.dirname, '../../..')

/**
 * What of ours a command looks at, or starts in a process of its own. Whoever builds a package of these sources names
 * the built files here.
 */
export const OWN_FILES = {
  /** Where our package.json is. */
  root: ROOT,
  register: join(ROOT, 'otel/register.ts'),
  probe: join(ROOT, 'cli/doctor/probe/probe.ts'),
}
