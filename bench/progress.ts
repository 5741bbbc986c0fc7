import type { WriteStream } from 'node:tty'

/** Says what is being done and since when: on one line that changes in a terminal, else on a line each. */
export function progressOn(stream: WriteStream, now: () => number): (doing: string) => void {
  const began = now()
  return (doing) => {
    const seconds = Math.round((now() - began) / 1000)
    const text = `${String(seconds).padStart(4)} s  ${doing}`
    stream.write(stream.isTTY ? `\r\u001b[2K${text}` : `${text}\n`)
  }
}
