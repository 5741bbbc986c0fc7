import { writeSync } from 'node:fs'
import build from 'pino-abstract-transport'

/** Writes each line as it is, with the word of the transport. */
export default async function transport() {
  return build(async (source) => {
    for await (const line of source) {
      writeSync(1, `${JSON.stringify({ ...line, transport: 'ours' })}\n`)
    }
  })
}
