import { cp, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'

const PackageFile = z.looseObject({ scripts: z.record(z.string(), z.string()) })

/** Puts the owner's edits into the app; of package.json the scripts alone, since what is installed stands in it too. */
export async function makeEdits(edits: string, folder: string): Promise<void> {
  const path = join(folder, 'package.json')
  const installed = await readPackage(folder)
  await cp(edits, folder, { recursive: true, force: true })
  const { scripts } = await readPackage(folder)
  await writeFile(path, JSON.stringify({ ...installed, scripts }, null, 2))
}

export async function readPackage(folder: string): Promise<z.infer<typeof PackageFile>> {
  return PackageFile.parse(JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')))
}
