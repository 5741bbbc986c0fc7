import type { IncomingMessage } from 'node:http'
import { MIMEType } from 'node:util'
import { reasonOf } from '../../src/throughline/answers/reason.ts'
import { BodyError } from './body.ts'

/**
 * Parses a body that is a JSON object or array, `{}` where it is empty; throws a BodyError: 415 for an unknown charset
 * and 400 where it is no such JSON.
 */
export function parseJson(body: Buffer, charset: string | null | undefined): object {
  const text = decoderOf(charset ?? 'utf-8').decode(body)
  if (text === '') return {}
  const value = parse(text)
  if (typeof value === 'object' && value !== null) return value
  throw new BodyError(400, 'the body is no JSON object')
}

/** What the request says that its body is; undefined where that is nothing or no media type. */
export function mediaType({ headers }: IncomingMessage): MIMEType | undefined {
  try {
    return new MIMEType(headers['content-type'] ?? '')
  } catch {
    return undefined
  }
}

/** Unicode, and latin1, which the Encoding Standard takes for windows-1252 (https://encoding.spec.whatwg.org). */
const encodings = new Set(['utf-8', 'utf-16le', 'utf-16be', 'windows-1252'])

function decoderOf(charset: string): TextDecoder {
  try {
    const decoder = new TextDecoder(charset)
    if (encodings.has(decoder.encoding)) return decoder
  } catch {
    // The decoder knows no such charset: refused like those that it does know.
  }
  throw new BodyError(415, `unsupported charset "${charset.toUpperCase()}"`)
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new BodyError(400, reasonOf(error))
  }
}
