/** A supervisor signals a process and its group, npm and `node --watch` pass on what the terminal sent already. */
const SAME_SIGNAL_MS = 200

const ASKS_TO_END = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const

/**
 * Calls `first` on the first signal that asks the process to end, and `again` on any further one. The same signal
 * within 200 ms counts once; `now` is a clock in milliseconds.
 */
export function onSignals(
  first: (signal: NodeJS.Signals) => void,
  again: (signal: NodeJS.Signals) => void,
  now = () => performance.now(),
): void {
  let received: { signal: NodeJS.Signals; at: number } | undefined
  for (const signal of ASKS_TO_END) {
    process.on(signal, () => {
      if (received === undefined) {
        received = { signal, at: now() }
        first(signal)
      } else if (signal !== received.signal || now() - received.at > SAME_SIGNAL_MS) {
        again(signal)
      }
    })
  }
}
