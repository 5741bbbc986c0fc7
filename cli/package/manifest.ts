import { readFileSync, realpathSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { z } from 'zod'

const names = z.record(z.string(), z.string()).catch({})

const Manifest = z.object({
  name: z.string().catch(''),
  version: z.string().catch(''),
  type: z.string().optional().catch(undefined),
  scripts: names,
  engines: names,
  dependencies: names,
  optionalDependencies: names,
  peerDependencies: names,
})

/** A package.json, as far as the commands read it; what is missing or of another kind is empty. */
export type Manifest = z.infer<typeof Manifest>

export const NO_MANIFEST: Manifest = Manifest.parse({})

/** The package.json of `folder`: undefined where there is none, or it is no JSON object. */
export function manifestIn(folder: string): Manifest | undefined {
  try {
    return Manifest.safeParse(JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))).data
  } catch {
    return undefined
  }
}

/** A folder and those above it, the nearest first. */
export function upwards(folder: string): string[] {
  const above = dirname(folder)
  return above === folder ? [folder] : [folder, ...upwards(above)]
}

/** The package `name` as code in `from` would find it. */
export function packageFrom(from: string, name: string) {
  for (const above of upwards(from)) {
    const path = join(above, 'node_modules', name)
    const manifest = manifestIn(path)
    if (manifest !== undefined) return { folder: realpathSync(path), manifest }
  }
  return undefined
}
