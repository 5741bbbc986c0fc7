import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const BENCH = fileURLToPath(new URL('.', import.meta.url))

/** Installs the peers where they are missing, with a word; throws where that fails. */
export function installPeers(say: (sentence: string) => void): void {
  // npm writes it at the end of an installation that went well.
  if (existsSync(`${BENCH}node_modules/.package-lock.json`)) return
  say('The peers are not installed yet: npm --prefix bench ci (half a gigabyte, once)')
  const { status, error } = spawnSync('npm', ['--prefix', BENCH, 'ci'], {
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  if (error) throw error
  if (status !== 0) throw new Error(`npm --prefix bench ci ended with ${status}`)
}
