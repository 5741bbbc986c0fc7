import { fullRound } from '../run/full-round.ts'
import { Measured } from '../run/measured.ts'
import type { Stage } from '../run/stage.ts'
import { timeStarts } from '../run/starts.ts'
import { median } from '../statistics/quantile.ts'
import type { Variant } from '../variants.ts'

/** How much one request is, and how many come at once. */
export interface Size {
  connections: number
  /** Log lines and spans a request, the completion line and the server span among them. */
  lines: number
  spans: number
}

/** What a request of some size costs. */
export interface Cost extends Size {
  cpuMicros: number
  /** Resident memory after the rounds, in bytes. */
  rss: number
}

const SMALLEST: Size = { connections: 10, lines: 1, spans: 1 }

/** In each row one thing grows, and all else is as small as it gets. */
export const GROWING = {
  connections: [10, 100, 1000].map((connections) => ({ ...SMALLEST, connections })),
  lines: [1, 10, 100].map((lines) => ({ ...SMALLEST, lines })),
  spans: [1, 10, 50].map((spans) => ({ ...SMALLEST, spans })),
} satisfies Record<keyof Size, Size[]>

/** Measures one size in a process of its own, so that its memory is not that of a larger one before. */
export async function costOf(
  size: Size,
  variant: Variant,
  stage: Stage,
  rounds: number,
): Promise<Cost> {
  const { connections, lines, spans } = size
  const measured = await Measured.prepare(variant)
  const sized = { ...stage, plan: { ...stage.plan, connections, starts: 1 } }
  try {
    await timeStarts([measured], sized)
    if (measured.error !== undefined) throw new Error(measured.error)
    const path = `/lines/${lines}/spans/${spans}`
    const cpuMicros: number[] = []
    for (let round = 0; round <= rounds; round++) {
      const { cpuMicros: micros } = await fullRound(measured, path, sized)
      if (round > 0) cpuMicros.push(micros) // the first is the warm-up
      measured.sink.received()
    }
    measured.server.letGo()
    const { rss } = await measured.server.tally()
    return { ...size, cpuMicros: median(cpuMicros), rss }
  } finally {
    await measured.close()
  }
}
