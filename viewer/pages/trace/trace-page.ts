import { z } from 'zod'
import { formatDuration } from '../../query/duration.ts'
import { correlationIdOf } from '../../store/outlines.ts'
import { levels } from '../../store/span.ts'
import type { Store } from '../../store/store.ts'
import { clock } from '../clock.ts'
import { storyOf } from '../story/story.ts'
import { spanFacts } from './span-facts.ts'
import { rowsOnPage, type TraceRow, traceRows } from './trace-rows.ts'

const parameters = z.object({
  uiFind: z.string().toLowerCase().catch(''),
  level: z.enum([...levels, 'none']).catch('trace'),
  from: z.coerce.number().int().nonnegative().optional().catch(undefined),
})

/** What the trace view shows: head, story, time axis, rows, and the facts of the span that uiFind names. */
export function tracePage(store: Store, traceId: string, query: unknown) {
  const { uiFind, level, from } = parameters.parse(query)
  const { spans, lines, services, root, start, duration, rows, view } = traceRows(store, traceId)
  const facts = uiFind === '' ? [] : spanFacts(store, traceId, uiFind)
  const selected = facts[0]?.span.spanId
  const onPage = rowsOnPage(rows.filter(shownFrom(level)), { from, spanId: selected })
  return {
    traceId,
    title: root?.name ?? '',
    service: root?.service ?? '',
    correlationId: correlationIdOf(store, traceId),
    ...clock(start),
    duration: formatDuration(duration),
    spans: spans.length,
    errors: spans.filter(({ error }) => error).length,
    lines: lines.length,
    services: [...services].map(([name, colour]) => ({ name, colour })),
    hasPath: spans.length > 1,
    ticks: ['0', ...[0.25, 0.5, 0.75, 1].map((share) => formatDuration(duration * share))],
    levels: [...levels, 'none'],
    level,
    selected,
    waterfall: { ...onPage, rows: onPage.rows.map(view), level, selected },
    story: storyOf(store, traceId),
    facts,
    /** All rows, where the page begins with some of them; each is made when it is asked for. */
    allRows: onPage.rows.length < rows.length ? rows.values().map(view) : undefined,
    notFound: uiFind !== '' && !selected ? uiFind : undefined,
  }
}

export type TracePage = ReturnType<typeof tracePage>

const shownFrom = (level: (typeof levels)[number] | 'none') => (row: TraceRow) =>
  row.kind === 'span' ||
  (level !== 'none' && levels.indexOf(row.log.level) >= levels.indexOf(level))
