import type { Writable } from 'node:stream'
import type { Paint, Style } from '../command/paint.ts'
import { printable } from '../command/printable.ts'
import { type AppLine, parseAppLine } from '../run/app-line.ts'

const WARN = 40
const NAME_COLUMNS = 10
const FIELD = /"(correlationId|trace_id|msg)":"(?:[^"\\]|\\.)*"/g
const FIELD_STYLES: Readonly<Record<string, Style>> = {
  correlationId: 'cyan',
  trace_id: 'magenta',
  msg: 'bold',
}

export type DemoLines = ReturnType<typeof demoLines>

/** The apps' lines on their way to the screen; until `showAll`, those of requests, and what went wrong. */
export function demoLines(output: Writable, paint: Paint) {
  let all = false
  /** The lines of requests so far, while not all lines are shown. */
  const ofRequests: AppLine[] = []
  return {
    ofRequests,
    take(name: string, text: string): void {
      const line = parseAppLine(text)
      const ofRequest = line?.correlationId !== undefined
      if (!all && ofRequest) ofRequests.push(line)
      if (all || ofRequest || line === undefined || line.level >= WARN) {
        output.write(`${lineView(name, text, paint)}\n`)
      }
    },
    showAll(): void {
      all = true
    },
  }
}

/** A line as it is, behind the name of who wrote it, with the fields that the eye looks for in colour. */
function lineView(name: string, text: string, paint: Paint): string {
  const shown = printable(text).replace(FIELD, (field, key: string) =>
    paint(FIELD_STYLES[key] ?? 'bold', field),
  )
  return `${paint('dim', `${name.padEnd(NAME_COLUMNS)} │`)} ${shown}`
}
