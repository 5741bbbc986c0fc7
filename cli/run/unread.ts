import type { Writable } from 'node:stream'

/** Calls `then` when nobody reads `output` any more: they may have seen enough, as `| head` has. */
export function whenUnread(output: Writable, then: () => void = () => {}): void {
  output.on('error', (error) => {
    if (!('code' in error && error.code === 'EPIPE')) throw error
    then()
  })
}
