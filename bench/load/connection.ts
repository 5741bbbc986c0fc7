import { once } from 'node:events'
import { connect, type Socket } from 'node:net'

const END_OF_HEAD = '\r\n\r\n'

/** One kept HTTP/1.1 connection, bare, so that the load costs its own core little: one request at a time. */
export class Connection {
  readonly #socket: Socket
  readonly #request: string
  #received = ''
  #done: ((error?: Error) => void) | undefined

  static async open(url: URL): Promise<Connection> {
    const socket = connect(Number(url.port), url.hostname)
    socket.setNoDelay(true)
    await once(socket, 'connect')
    return new Connection(socket, url)
  }

  private constructor(socket: Socket, url: URL) {
    this.#socket = socket
    this.#request = `GET ${url.pathname} HTTP/1.1\r\nHost: ${url.host}\r\n\r\n`
    socket.setEncoding('latin1')
    socket.on('data', (text: string) => this.#take(text))
    const lost = () => this.#finish(new Error(`${url.href}: the connection was lost`))
    socket.on('error', lost)
    socket.on('close', lost)
  }

  /** Sends a request; `done` is called when its whole answer is there, or with what was wrong about it. */
  get(done: (error?: Error) => void): void {
    this.#done = done
    this.#socket.write(this.#request)
  }

  close(): void {
    this.#done = undefined
    this.#socket.destroy()
  }

  #take(text: string): void {
    this.#received += text
    const endOfHead = this.#received.indexOf(END_OF_HEAD)
    if (endOfHead === -1) return
    const head = this.#received.slice(0, endOfHead)
    const length = Number(/\r\ncontent-length: *(\d+)/i.exec(head)?.[1] ?? Number.NaN)
    if (!head.startsWith('HTTP/1.1 200') || Number.isNaN(length)) {
      this.#finish(new Error(`an answer that no server here gives: ${head}`))
    } else if (this.#received.length >= endOfHead + END_OF_HEAD.length + length) {
      this.#finish()
    }
  }

  #finish(error?: Error): void {
    const done = this.#done
    this.#done = undefined
    this.#received = ''
    done?.(error)
  }
}
