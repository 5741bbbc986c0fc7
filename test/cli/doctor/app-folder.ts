import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { TestContext } from 'node:test'
import { ROOT } from '../command-process.ts'

export interface AppFiles {
  /** What its package.json says besides its name and its dependencies. */
  manifest?: object
  /** The packages of ours that it has installed; express and pino where nothing else is said. */
  linked?: readonly string[]
  /** Contents by path. */
  files?: Readonly<Record<string, string>>
}

/** A start script that is as it should be. */
export const GOOD_START = 'node --import throughline/register server.js'

/** An app in a folder of its own, until the end of the test. */
export async function appFolder(t: TestContext, app: AppFiles = {}): Promise<string> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'doctor-')))
  t.after(() => rm(folder, { recursive: true, force: true }))
  const { manifest = {}, linked = ['express', 'pino'], files = {} } = app
  const dependencies = Object.fromEntries(linked.map((name) => [name, '*']))
  const whole = { name: 'shop', scripts: { start: GOOD_START }, dependencies, ...manifest }
  await write(folder, { 'package.json': JSON.stringify(whole), ...files })
  for (const name of linked) {
    const link = join(folder, 'node_modules', name)
    await mkdir(dirname(link), { recursive: true })
    await symlink(join(ROOT, 'node_modules', name), link, 'dir')
  }
  return folder
}

/** The files of a package that does nothing, by their paths. */
export function fakePackage(
  at: string,
  manifest: { name: string; version: string; dependencies?: object },
  code = '',
): Record<string, string> {
  return {
    [`node_modules/${at}/package.json`]: JSON.stringify(manifest),
    [`node_modules/${at}/index.js`]: code,
  }
}

async function write(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await writeFile(join(folder, path), content)
  }
}
