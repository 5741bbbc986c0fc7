import type { Writable } from 'node:stream'
import { onSignals } from '../../src/throughline/ending/signals.ts'

/**
 * Aborts at Ctrl-C, SIGTERM or SIGHUP, and when nobody reads `output` any more; after that a second one of these
 * signals ends the process at once, with status 1.
 */
export function ending(output: Writable): AbortSignal {
  const controller = new AbortController()
  const first = () => controller.abort()
  const again = () => process.exit(1)
  onSignals(() => (controller.signal.aborted ? again() : first()), again)
  whenUnread(output, first)
  return controller.signal
}

/** Calls `then` when nobody reads `output` any more: they may have seen enough, as `| head` has. */
export function whenUnread(output: Writable, then: () => void = () => {}): void {
  output.on('error', (error) => {
    if (!('code' in error && error.code === 'EPIPE')) throw error
    then()
  })
}
