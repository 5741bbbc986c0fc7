import type { TraceSummary } from '../../store/summaries.ts'

/** Apps send what has ended every five seconds by default; twice that, and a root is not going to come. In milliseconds. */
const patience = 10_000

export type NamedTrace = ReturnType<typeof named>

/**
 * A trace with its name: it goes by its root; behind a gateway that reports elsewhere there is none, and then by the
 * earliest span whose parent is not here. It is `pending` while its root may still be on its way, and then name it.
 */
export function named(trace: TraceSummary) {
  const { root, entry, end, services } = trace
  // A clock that is far off has no say in how long one waits.
  const pending = !root && Math.abs(Date.now() - Number(end / 1_000_000n)) < patience
  const none = { name: '(no root span yet)', service: services[0]?.name ?? '' }
  return { ...trace, ...(root ?? (pending ? none : (entry ?? none))), pending }
}
