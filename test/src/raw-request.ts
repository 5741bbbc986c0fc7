import { type EventEmitter, once } from 'node:events'
import { connect, type Socket } from 'node:net'

/** A connection on which a test writes whatever bytes it likes. */
export async function rawConnection(url: string): Promise<Socket> {
  const { hostname, port } = new URL(url)
  const socket = connect({ host: hostname, port: Number(port) })
  // The server may well answer such bytes with a reset.
  socket.on('error', () => {})
  await once(socket, 'connect')
  return socket
}

/** Sends the bytes and gives all that came back until the server hung up. */
export async function rawRequest(url: string, ...pieces: (string | Buffer)[]): Promise<string> {
  const socket = await rawConnection(url)
  for (const piece of pieces) socket.write(piece, 'latin1')
  return readToEnd(socket)
}

/** Sends what begins a request, and is gone once the server has it. */
export async function leaveInTheMiddle(
  server: EventEmitter,
  url: string,
  begun: string,
  leave: 'destroy' | 'resetAndDestroy' = 'destroy',
): Promise<void> {
  const asked = once(server, 'request')
  const socket = await rawConnection(url)
  socket.write(begun)
  await asked
  socket[leave]()
}

/** All that the server sends until it hangs up. */
export async function readToEnd(socket: Socket): Promise<string> {
  let text = ''
  socket.setEncoding('latin1').on('data', (more) => {
    text += more
  })
  await once(socket, 'close')
  return text
}
