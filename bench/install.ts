import { spawnSync } from 'node:child_process'
import { statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const BENCH = fileURLToPath(new URL('.', import.meta.url))

/** Installs the peers where they are missing or older than the lock file, with a word; throws where that fails. */
export function installPeers(say: (sentence: string) => void): void {
  if (isInstalled(BENCH)) return
  say('The peers are not installed yet: npm --prefix bench ci (half a gigabyte, once)')
  const { status, error } = spawnSync('npm', ['--prefix', BENCH, 'ci'], {
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  if (error) throw error
  if (status !== 0) throw new Error(`npm --prefix bench ci ended with ${status}`)
}

/** Whether what is installed in `folder` is what its lock file says: npm writes its own copy last of all. */
export function isInstalled(folder: string): boolean {
  const installed = changedAt(join(folder, 'node_modules/.package-lock.json'))
  return installed !== undefined && installed >= (changedAt(join(folder, 'package-lock.json')) ?? 0)
}

function changedAt(file: string): number | undefined {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs
}
