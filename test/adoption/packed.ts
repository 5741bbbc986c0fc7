import { rmSync } from 'node:fs'
import { cp, mkdtemp, readdir, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ROOT } from '../e2e/app-process.ts'
import { runIn } from './shell.ts'

/** Names a tarball that is there already, so that a run of many files packs once. */
export const TARBALL_VARIABLE = 'THROUGHLINE_TARBALL'

const LEFT_OUT = new Set(['node_modules', '.git', 'dist', 'docs', 'test'])

let made: Promise<string> | undefined

/** The package as `npm pack` makes it: the path of its tarball, which is there until the process ends. */
export function packed(): Promise<string> {
  const given = process.env[TARBALL_VARIABLE]
  if (given) return Promise.resolve(given)
  made ??= pack()
  return made
}

/** In a copy, since packing rewrites package.json for a moment, which others are reading. */
async function pack(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'throughline-pack-'))
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
  for (const name of await readdir(ROOT)) {
    if (LEFT_OUT.has(name) || name.endsWith('.tgz')) continue
    await cp(join(ROOT, name), join(folder, name), { recursive: true })
  }
  await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'), 'dir')
  await runIn(folder, 'npm pack')
  const tarball = (await readdir(folder)).find((name) => name.endsWith('.tgz'))
  if (tarball === undefined) throw new Error(`npm pack left no tarball in ${folder}`)
  return join(folder, tarball)
}
