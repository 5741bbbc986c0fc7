import type { Writable } from 'node:stream'
import { lineView } from '../run/line-view.ts'
import { type LogLine, parseLogLine } from '../run/log-line.ts'
import type { Paint } from '../trace/paint.ts'

const WARN = 40

/** The apps' lines on their way to the screen; until `showAll`, those of requests, and what went wrong. */
export class DemoLines {
  /** The lines of requests so far, while not all lines are shown. */
  readonly ofRequests: LogLine[] = []
  readonly #output: Writable
  readonly #paint: Paint
  #all = false

  constructor(output: Writable, paint: Paint) {
    this.#output = output
    this.#paint = paint
  }

  take(name: string, text: string): void {
    const line = parseLogLine(text)
    const ofRequest = line?.correlationId !== undefined
    if (!this.#all && ofRequest) this.ofRequests.push(line)
    if (this.#all || ofRequest || line === undefined || line.level >= WARN) {
      this.#output.write(`${lineView(name, text, this.#paint)}\n`)
    }
  }

  showAll(): void {
    this.#all = true
  }
}
