import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { fileURLToPath } from 'node:url'

/** A folder for what the tier writes, until the end of the test. */
export async function scratchFolder(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'throughline-tier-'))
  t.after(() => rm(folder, { recursive: true, force: true }))
  return folder
}

/** Where a file of deploy/scale is. */
export function deployed(name: string): string {
  return fileURLToPath(new URL(`../../deploy/scale/${name}`, import.meta.url))
}
