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

/** The apps' lines on their way to the screen; until `showAll`, those of requests, and what went wrong. */
export class DemoLines {
  /** The lines of requests so far, while not all lines are shown. */
  readonly ofRequests: AppLine[] = []
  readonly #output: Writable
  readonly #paint: Paint
  #all = false

  constructor(output: Writable, paint: Paint) {
    this.#output = output
    this.#paint = paint
  }

  take(name: string, text: string): void {
    const line = parseAppLine(text)
    const ofRequest = line?.correlationId !== undefined
    if (!this.#all && ofRequest) this.ofRequests.push(line)
    if (this.#all || ofRequest || line === undefined || line.level >= WARN) {
      this.#output.write(`${this.#shown(name, text)}\n`)
    }
  }

  showAll(): void {
    this.#all = true
  }

  /** A line as it is, behind the name of who wrote it, with the fields that the eye looks for in colour. */
  #shown(name: string, text: string): string {
    const shown = printable(text).replace(FIELD, (field, key: string) =>
      this.#paint(FIELD_STYLES[key] ?? 'bold', field),
    )
    return `${this.#paint('dim', `${name.padEnd(NAME_COLUMNS)} │`)} ${shown}`
  }
}
