import { tmpdir } from 'node:os'
import { runIn } from './shell.ts'

/** Why an app cannot be installed here; false where it can. */
export async function noRegistry(): Promise<string | false> {
  try {
    await runIn(tmpdir(), 'npm view express version --fetch-retries=0 --fetch-timeout=20000')
    return false
  } catch {
    return 'needs a package registry, and npm reaches none'
  }
}
