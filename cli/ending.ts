import type { Writable } from 'node:stream'
import { onInterrupt } from '../src/interrupt.ts'

/**
 * Aborts at Ctrl-C, SIGTERM or SIGHUP, and when nobody reads `output` any more; after that a second one of these
 * signals ends the process at once, with status 1.
 */
export function ending(output: Writable): AbortSignal {
  const controller = new AbortController()
  const first = () => controller.abort()
  const again = () => process.exit(1)
  onInterrupt(first, again)
  for (const signal of ['SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => (controller.signal.aborted ? again() : first()))
  }
  output.on('error', (error) => {
    if (!('code' in error && error.code === 'EPIPE')) throw error
    first()
  })
  return controller.signal
}
