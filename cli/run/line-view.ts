import type { Paint, Style } from '../trace/paint.ts'
import { printable } from '../trace/printable.ts'

const NAME_COLUMNS = 10
const FIELD = /"(correlationId|trace_id|msg)":"(?:[^"\\]|\\.)*"/g
const FIELD_STYLES: Readonly<Record<string, Style>> = {
  correlationId: 'cyan',
  trace_id: 'magenta',
  msg: 'bold',
}

/** A log line as it is, behind the name of who wrote it, with the fields that the eye looks for in colour. */
export function lineView(name: string, text: string, paint: Paint): string {
  const shown = printable(text).replace(FIELD, (field, key: string) =>
    paint(FIELD_STYLES[key] ?? 'bold', field),
  )
  return `${paint('dim', `${name.padEnd(NAME_COLUMNS)} │`)} ${shown}`
}
