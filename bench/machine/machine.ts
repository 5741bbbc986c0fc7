import { readFileSync } from 'node:fs'
import { cpus, loadavg, release, totalmem } from 'node:os'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'

/** What a result depends on besides the code. */
export const Machine = z.object({
  cpu: z.string(),
  cores: z.number(),
  memoryGiB: z.number(),
  system: z.string(),
  /** Of the last minute, before the run. */
  loadAverage: z.number(),
})
export type Machine = z.infer<typeof Machine>

export function describeMachine(): Machine {
  const cores = cpus()
  return {
    cpu: cores[0]?.model.trim() ?? 'unknown',
    cores: cores.length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    system: `${process.platform} ${release()} ${process.arch}`,
    loadAverage: loadavg()[0] ?? 0,
  }
}

const Package = z.object({ version: z.string() })

/** The version of a package as it is installed for `folder`; throws where it is not. */
export function installedVersion(name: string, folder: string): string {
  for (let url = new URL(`${folder}/`, 'file:'); ; url = new URL('../', url)) {
    const file = new URL(`node_modules/${name}/package.json`, url)
    try {
      return Package.parse(JSON.parse(readFileSync(file, 'utf8'))).version
    } catch (cause) {
      const message = `${name} is not installed for ${fileURLToPath(new URL(`${folder}/`, 'file:'))}`
      if (url.pathname === '/') throw new Error(message, { cause })
    }
  }
}
