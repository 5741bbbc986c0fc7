import { existsSync, readFileSync, realpathSync } from 'node:fs'
import { dirname, join, resolve, sep } from 'node:path'
import { z } from 'zod'

const PackageFile = z.object({ name: z.string().min(1), version: z.string().optional() })

/** What the app's own package.json says of it. */
export interface AppPackage {
  /** Where package.json is. */
  path: string
  name: string
  version?: string | undefined
}

/**
 * The app's package: the nearest package.json with a name above `entry`, wherever this file was copied to; undefined
 * where there is none. One without a name only says how its folder is loaded (`{"type":"commonjs"}` in dist/), and one
 * in node_modules is a tool's that runs the app, such as ts-node: then the folder counts in which that was started.
 */
export function appPackage(entry = entryPoint()): AppPackage | undefined {
  const started = entry === undefined ? resolve() : realPath(resolve(entry))
  for (const folder of upwards(started.includes(IN_NODE_MODULES) ? resolve() : started)) {
    const path = join(folder, 'package.json')
    const { data } = PackageFile.safeParse(jsonOf(path))
    if (data !== undefined) return { path, ...data }
  }
  return undefined
}

const IN_NODE_MODULES = `${sep}node_modules${sep}`

/** What was started; under pm2 that is its own script, which learns of the app's by these variables. */
function entryPoint(env = process.env): string | undefined {
  const [, started] = process.argv
  if (!started?.includes(`${IN_NODE_MODULES}pm2${sep}`)) return started
  return env.pm_exec_path ?? Pm2Environment.safeParse(parsed(env.pm2_env)).data?.pm_exec_path
}

const Pm2Environment = z.object({ pm_exec_path: z.string() })

/** A command of an installed package is a link; `node dist/main` names no file at all. */
function realPath(path: string): string {
  try {
    return realpathSync(path)
  } catch {
    return path
  }
}

function* upwards(from: string): Generator<string> {
  yield from
  const parent = dirname(from)
  if (parent !== from) yield* upwards(parent)
}

/** The file's content, undefined where there is no such file or it is no JSON. */
function jsonOf(path: string): unknown {
  return existsSync(path) ? parsed(readFileSync(path, 'utf8')) : undefined
}

function parsed(json = ''): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return undefined
  }
}
