import type { IncomingMessage } from 'node:http'
import { type Duplex, finished, PassThrough } from 'node:stream'
import { finished as ended } from 'node:stream/promises'
import {
  createBrotliDecompress,
  createGunzip,
  createInflate,
  createZstdDecompress,
} from 'node:zlib'
import { reasonOf } from '../../src/throughline/answers/reason.ts'

/** Says what is wrong with a body; `status` is the answer's. */
export class BodyError extends Error {
  readonly status: number
  constructor(status: number, message: string, options?: ErrorOptions) {
    super(message, options)
    this.status = status
  }
}

const decoders = new Map<string, () => Duplex>([
  ['identity', () => new PassThrough()],
  ['gzip', () => createGunzip()],
  ['deflate', () => createInflate()],
  ['br', () => createBrotliDecompress()],
  ['zstd', () => createZstdDecompress()],
])

/** Is told of each part of a body that is kept, in bytes, and may throw a BodyError instead. */
type Take = (bytes: number) => void

/**
 * Reads and decompresses a body; throws a BodyError: 413 where it has more than `maxBytes` after that, 415 for an
 * encoding that nobody knows here, 400 where it is broken or was cut off.
 */
export async function readBody(
  request: IncomingMessage,
  maxBytes: number,
  take: Take = () => undefined,
): Promise<Buffer> {
  try {
    return await collect(request, maxBytes, take)
  } catch (error) {
    if (error instanceof BodyError) throw error
    throw new BodyError(400, reasonOf(error), { cause: error })
  } finally {
    // A sender may look for an answer only when all is sent: what is left is let go unread.
    request.unpipe().resume()
    await ended(request).catch(() => undefined)
  }
}

async function collect(request: IncomingMessage, maxBytes: number, take: Take): Promise<Buffer> {
  const { 'content-length': length, 'content-encoding': encoding = 'identity' } = request.headers
  const decoder = decoders.get(encoding.toLowerCase())?.()
  if (!decoder) throw new BodyError(415, `unsupported content encoding "${encoding.toLowerCase()}"`)
  if (Number(length) > maxBytes) throw tooLarge(maxBytes)
  // A pipe hands on no failure: the end of a body that was cut off would be waited for in vain.
  finished(request, (error) => error && decoder.destroy(error))
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request.pipe(decoder)) {
    size += chunk.length
    // Leaving the loop ends the decoder, so no more of a bomb is ever inflated.
    if (size > maxBytes) throw tooLarge(maxBytes)
    take(chunk.length)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

const tooLarge = (maxBytes: number) =>
  new BodyError(413, `request entity too large: more than ${maxBytes} bytes`)
