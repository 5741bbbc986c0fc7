import { CommandError } from '../command/command-error.ts'
import { packageFrom } from '../package/manifest.ts'

/** Throws a CommandError where what is in `root` would not get Express 5: the package brings none, since apps have theirs. */
export function needExpress(root: string): void {
  const version = packageFrom(root, 'express')?.manifest.version
  if (version?.startsWith('5.')) return
  const found = version === undefined ? 'there is none here' : `here it is ${version}`
  throw new CommandError(
    `its app needs Express 5, and ${found}: try it in an empty folder, with npm install express@5 and throughline`,
  )
}
