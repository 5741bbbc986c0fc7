import type { Paint, Style } from '../command/paint.ts'
import { printable } from '../command/printable.ts'
import type { Finding } from './findings/finding.ts'

const MARKS: Readonly<Record<Finding['state'], { mark: string; style: Style }>> = {
  ok: { mark: '✓', style: 'green' },
  note: { mark: '·', style: 'yellow' },
  wrong: { mark: '✗', style: 'red' },
}
const COLUMNS = 9

/** Each finding on a line, and under it what to do; then how much that is. */
export function findingLines(findings: readonly Finding[], paint: Paint): string[] {
  const wrong = findings.filter(({ state }) => state === 'wrong').length
  const sum = wrong === 0 ? 'Nothing to be done.' : `${wrong} to be done, marked ✗.`
  return [
    ...findings.flatMap((finding) => linesOf(finding, paint)),
    paint(wrong === 0 ? 'green' : 'red', sum),
  ]
}

function linesOf({ about, state, found, todo }: Finding, paint: Paint): string[] {
  const { mark, style } = MARKS[state]
  const line = `${paint(style, mark)} ${paint('bold', about.padEnd(COLUMNS))}  ${printable(found)}`
  if (todo === undefined) return [line]
  return [line, `${' '.repeat(COLUMNS + 4)}${paint(style, '→')} ${printable(todo)}`]
}
