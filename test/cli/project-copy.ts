import { cp, mkdtemp, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { ROOT } from './command-process.ts'

const COPIED = ['package.json', 'needs-node.cjs', 'src', 'otel', 'viewer', 'cli']

/** A copy of the project that a test may change, with the same node_modules. */
export async function copyProject(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'throughline-'))
  t.after(() => rm(folder, { recursive: true, force: true }))
  const copies = COPIED.map((name) => cp(join(ROOT, name), join(folder, name), { recursive: true }))
  await Promise.all([
    ...copies,
    symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'), 'dir'),
  ])
  return folder
}
