import { join } from 'node:path'

const ROOT = join(import.meta.dirname, '../../..')

/** The files of ours that a command looks at, or starts in a process of its own: whoever builds a package of these sources names the built ones here. */
export const OWN_FILES = {
  /** Where our package.json is. */
  root: ROOT,
  register: join(ROOT, 'otel/register.ts'),
  probe: join(ROOT, 'cli/doctor/probe/probe.ts'),
}
