import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'

/** The lines of an owner's files that an adoption changed: a changed line is one added and one removed. */
export interface Touched {
  added: number
  removed: number
}

/** Counts the lines in which the two folders differ. */
export async function touchedLines(before: string, after: string): Promise<Touched> {
  const child = execFile('git', ['diff', '--no-index', '--numstat', before, after])
  if (child.stdout === null) throw new Error('git has no stdout')
  const [rows, [code]] = await Promise.all([text(child.stdout), once(child, 'close')])
  // 1 says that they differ.
  if (code !== 0 && code !== 1) throw new Error(`git diff: exit status ${code}`)
  const touched: Touched = { added: 0, removed: 0 }
  for (const row of rows.split('\n').filter((each) => each !== '')) {
    const [added, removed] = row.split('\t').map(Number)
    touched.added += added ?? 0
    touched.removed += removed ?? 0
  }
  return touched
}
