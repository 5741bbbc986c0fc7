import { randomFillSync } from 'node:crypto'
import type { IdGenerator } from '@opentelemetry/sdk-trace'

/**
 * Trace ids of 16 random bytes and span ids of 8, as lower-case hex
 * (https://opentelemetry.io/docs/specs/otel/trace/sdk/#id-generators).
 *
 * They are cut from blocks: to make each alone takes several times as long.
 */
export function blocksOfIds(): IdGenerator {
  // Small, since an id that somebody keeps keeps the text of its whole block.
  const block = Buffer.alloc(1536)
  let hex = ''
  let used = 0

  const cut = (length: number): string => {
    if (used + length > hex.length) {
      hex = randomFillSync(block).toString('hex')
      used = 0
    }
    const id = hex.slice(used, used + length)
    used += length
    // An id of zeros is none.
    return ZEROS.test(id) ? cut(length) : id
  }
  return { generateTraceId: () => cut(32), generateSpanId: () => cut(16) }
}

const ZEROS = /^0+$/
