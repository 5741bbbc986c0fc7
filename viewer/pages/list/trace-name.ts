import type { TraceSummary } from '../../store/summaries.ts'

/** Apps send what has ended every five seconds by default; twice that, and a root is not going to come. In milliseconds. */
const patience = 10_000

export interface TraceName {
  name: string
  service: string
  /** Whether its root may still be on its way, and then name it. */
  pending: boolean
}

/**
 * A trace with its name: it goes by its root; behind a gateway that reports elsewhere there is none, and then by the
 * earliest span whose parent is not here.
 */
export const named = <T extends TraceSummary>(trace: T): T & TraceName => ({
  ...trace,
  ...nameOf(trace, Date.now()),
})

function nameOf({ root, entry, end, services }: TraceSummary, now: number): TraceName {
  if (root) return { ...root, pending: false }
  // A clock that is far off has no say in how long one waits.
  const pending = Math.abs(now - Number(end / 1_000_000n)) < patience
  if (entry && !pending) return { ...entry, pending }
  return { name: '(no root span yet)', service: services[0]?.name ?? '', pending }
}
