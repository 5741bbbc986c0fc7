import { Writable } from 'node:stream'

/** A terminal, or a pipe, that keeps what is written to it, and emits `written` then. */
export class Recorder extends Writable {
  text = ''
  readonly isTTY: boolean
  readonly columns: number

  constructor(isTTY = false, columns = 100) {
    super({ decodeStrings: false })
    this.isTTY = isTTY
    this.columns = columns
  }

  override _write(chunk: unknown, _encoding: BufferEncoding, done: () => void): void {
    this.text += String(chunk)
    this.emit('written')
    done()
  }
}
