/** npm passes SIGINT on to a process that has had it from the terminal already; within this time, in milliseconds. */
const SAME_KEY_PRESS_MS = 200

/**
 * Calls `first` on the first SIGINT and `again` on any further one. Under npm one Ctrl-C arrives twice, and counts
 * once.
 */
export function onInterrupt(first: () => void, again: () => void): void {
  const underNpm = process.env.npm_lifecycle_event !== undefined
  let pressedAt: number | undefined
  process.on('SIGINT', () => {
    if (pressedAt === undefined) {
      pressedAt = Date.now()
      first()
    } else if (!underNpm || Date.now() - pressedAt > SAME_KEY_PRESS_MS) {
      again()
    }
  })
}
