import type { Export } from '../sdk.ts'
import { inTime } from './flush.ts'

/** What the last flush of a process that has nothing else to do may take, in milliseconds. */
const LAST_FLUSH_MS = 5000

/**
 * For a process that ends without `shutdown`, such as a script, a worker thread or a forked child: sends what is left
 * when there is nothing else to do, and says at the exit what was not sent. Returns how to leave the sending to
 * `shutdown`.
 */
export function endWithProcess(exports: Export[]): () => void {
  let madeBefore: number | undefined
  // Whoever else waits for this moment may go on to make spans, so it comes again until none are new.
  const sendRest = async () => {
    const made = exports.reduce((sum, { health }) => sum + health.accepted, 0)
    if (made === madeBefore) return
    madeBefore = made
    const sent = await Promise.all(exports.map(sendWhatIsLeft))
    if (!sent.every(Boolean)) giveUp()
  }
  process.on('beforeExit', sendRest)
  process.on('exit', () => {
    for (const { health } of exports) {
      health.beginEnd()
      health.end('the process ended before they were sent')
    }
  })
  return () => process.off('beforeExit', sendRest)
}

function sendWhatIsLeft({ health, forceFlush }: Export): Promise<boolean> {
  health.beginEnd()
  return inTime(forceFlush(), health, LAST_FLUSH_MS)
}

/** The exporter's retries would keep the process for ten seconds; only somebody else's work may. */
function giveUp(): void {
  if (process.listenerCount('beforeExit') === 1) process.exit()
}
