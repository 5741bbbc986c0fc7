import { EventEmitter, once } from 'node:events'
import { setTimeout } from 'node:timers/promises'
import { tracedBy } from '../traced-answer.ts'

export interface Sent {
  traceId: string
  /** When its request was answered, in ms since the epoch; its spans had ended by then, or were about to. */
  at: number
}

/** Requests at once, and the pause of each between two: some 100 requests a second. */
const LANES = 4
const PAUSE_MS = 30

/** Sends requests to `url` until it is stopped, and takes down the trace of each. */
export function startLoad(url: string) {
  const sent: Sent[] = []
  const news = new EventEmitter()
  let over = false

  async function lane(): Promise<void> {
    while (!over) {
      const response = await fetch(url)
      await response.text()
      if (response.status !== 200) throw new Error(`${url} answered ${response.status}`)
      sent.push({ traceId: tracedBy(response), at: Date.now() })
      news.emit('answer')
      await setTimeout(PAUSE_MS)
    }
  }
  const lanes = Promise.all(Array.from({ length: LANES }, lane))

  return {
    /** Resolves when so many more have been answered. */
    async more(count: number): Promise<void> {
      const enough = sent.length + count
      while (sent.length < enough) await Promise.race([once(news, 'answer'), lanes])
    },
    /** Ends it, and gives all that it sent. */
    async stop(): Promise<readonly Sent[]> {
      over = true
      await lanes
      return sent
    },
  }
}
