import { z } from 'zod'
import { levels } from '../../receiver/otlp.ts'
import { correlationIdOf } from '../../store/outlines.ts'
import type { Store } from '../../store/store.ts'
import { storyOf } from '../story/story.ts'
import { spanFacts } from './span-facts.ts'
import { traceRows } from './trace-rows.ts'

/** The last shows no line. */
const choices = [...levels, 'none'] as const
const parameters = z.object({
  uiFind: z.string().toLowerCase().catch(''),
  level: z.enum(choices).catch('trace'),
  from: z.coerce.number().int().nonnegative().optional().catch(undefined),
})

/** As many rows as a page begins with; its script shows the others. */
const pageful = 100

/**
 * What the trace view shows: the trace, its story, the facts of the span that uiFind names, and of the rows those from
 * number `from` on, or else around that span's, with the numbers that those before and after begin with.
 */
export function tracePage(store: Store, traceId: string, query: unknown) {
  const { uiFind, level, from } = parameters.parse(query)
  const trace = traceRows(store, traceId)
  const facts = uiFind === '' ? [] : spanFacts(store, traceId, uiFind)
  const selected = facts[0]?.span.spanId
  const lowest = choices.indexOf(level)
  const rows = trace.rows.filter(
    (row) => row.kind === 'span' || choices.indexOf(row.log.level) >= lowest,
  )
  const chosen = rows.findIndex((row) => row.kind === 'span' && row.span.spanId === selected)
  const first = Math.max(0, from ?? chosen - pageful / 2)
  const next = first + pageful
  return {
    ...trace,
    traceId,
    correlationId: correlationIdOf(store, traceId),
    story: storyOf(store, traceId),
    levels: choices,
    level,
    uiFind,
    facts,
    selected,
    shown: rows.slice(first, next),
    earlier: first > 0 ? Math.max(0, first - pageful) : undefined,
    later: next < rows.length ? next : undefined,
  }
}

export type TracePage = ReturnType<typeof tracePage>
