import { z } from 'zod'
import { formatDuration } from '../query/duration.ts'
import { type KeyValue, textOf } from '../receiver/any-value.ts'
import { attribute } from '../receiver/otlp.ts'
import { type LogLine, levels, type Span } from '../store/span.ts'
import type { Store } from '../store/store.ts'
import { linkFacts } from './link-facts.ts'
import { clock } from './list-page.ts'
import { storyPage } from './story-page.ts'
import { layOut, type Row, type SpanRow } from './waterfall.ts'

const colours = 8
const maxIndent = 20
const parameters = z.object({
  uiFind: z.string().catch(''),
  level: z.enum([...levels, 'none']).catch('trace'),
})

/** What the trace view shows: head, story, time axis, rows, and the facts of the span that uiFind names. */
export function tracePage(
  store: Store,
  traceId: string,
  spans: Span[],
  logs: LogLine[],
  query: unknown,
) {
  const { uiFind, level } = parameters.parse(query)
  const services = [...new Set([...spans, ...logs].map(({ service }) => service))].sort()
  const colourOf = (service: string) => services.indexOf(service) % colours
  const selected = spans.find(({ spanId }) => spanId === uiFind.toLowerCase())
  const { start, duration, rows } = layOut(spans, logs)
  const root = spans.find(({ parentSpanId }) => !parentSpanId) ?? spans[0]
  const linkedFrom = store.links.linkedSpans(traceId)
  const isLinked = ({ spanId, otlp }: Span) => Boolean(otlp.links) || linkedFrom.has(spanId)
  return {
    traceId,
    title: root?.name ?? '',
    service: root?.service ?? '',
    correlationId: spans
      .map(({ otlp }) => attribute(otlp.attributes, 'correlation.id'))
      .find(Boolean),
    ...clock(start),
    duration: formatDuration(duration),
    spans: spans.length,
    errors: spans.filter(({ error }) => error).length,
    lines: logs.length,
    services: services.map((name) => ({ name, colour: colourOf(name) })),
    ticks: ['0', ...[0.25, 0.5, 0.75, 1].map((share) => formatDuration(duration * share))],
    levels: [...levels, 'none'],
    level,
    rows: rows.map((row) => ({
      ...rowOf(row, colourOf, start, selected),
      linked: row.kind === 'span' && isLinked(row.span),
    })),
    story: storyPage(store, traceId),
    selected: selected?.spanId,
    facts: selected ? spanFacts(store, selected, logs) : undefined,
    notFound: uiFind !== '' && !selected ? uiFind : undefined,
  }
}

function rowOf(
  row: Row<Span, LogLine>,
  colourOf: (service: string) => number,
  start: bigint,
  selected: Span | undefined,
) {
  const indent = Math.min(row.depth, maxIndent) * 14
  const left = percent(row.left)
  if (row.kind === 'log') {
    const { level, message, spanId, time, service } = row.log
    const at = signed(Number(time - start))
    return { kind: row.kind, indent, left, level, message, spanId, at, colour: colourOf(service) }
  }
  const { span, width, below, depth } = row
  return {
    kind: row.kind,
    indent,
    left,
    width: percent(width),
    // The duration stands where there is room: right of a bar that ends early, left of one that ends late.
    labelLeft: percent(row.left + width > 0.8 ? row.left : row.left + width),
    labelBefore: row.left + width > 0.8,
    below,
    depth,
    spanId: span.spanId,
    service: span.service,
    name: span.name,
    colour: colourOf(span.service),
    duration: formatDuration(span.duration),
    error: span.error,
    remark: remarkOn(row),
    selected: span === selected,
  }
}

const percent = (share: number) => `${(share * 100).toFixed(3)}%`
const signed = (nanos: number) =>
  nanos < 0 ? `−${formatDuration(-nanos)}` : `+${formatDuration(nanos)}`

function remarkOn({ orphan, skew }: SpanRow<Span>): string | undefined {
  if (orphan) return 'its parent has not arrived'
  return skew > 0 ? `starts ${formatDuration(skew)} before its parent: clocks differ` : undefined
}

/** All that is known of one span, its log lines included. */
export function spanFacts(store: Store, span: Span, logs: LogLine[]) {
  const links = linkFacts(store, span)
  const { otlp } = span
  return {
    ...clock(span.start),
    traceId: otlp.traceId,
    spanId: span.spanId,
    parentSpanId: span.parentSpanId,
    service: span.service,
    name: span.name,
    kind: span.kind,
    duration: formatDuration(span.duration),
    error: span.error,
    message: otlp.status.message,
    attributes: facts(otlp.attributes),
    resource: facts(span.resource),
    events: (otlp.events ?? []).map(({ name, timeUnixNano, attributes }) => ({
      name,
      at: signed(Number(BigInt(timeUnixNano) - span.start)),
      stack: attribute(attributes, 'exception.stacktrace'),
      attributes: facts(attributes?.filter(({ key }) => key !== 'exception.stacktrace')),
    })),
    links: {
      ...links,
      links: links.links.map((link) => ({ ...link, attributes: facts(link.attributes) })),
    },
    lines: logs
      .filter(({ spanId }) => spanId === span.spanId)
      .map(({ level, message, time, attributes }) => ({
        level,
        message,
        at: signed(Number(time - span.start)),
        attributes: facts(attributes),
      })),
  }
}

const facts = (attributes: KeyValue[] = []) =>
  attributes
    .map(({ key, value }) => ({ key, text: textOf(value) }))
    .sort((a, b) => (a.key < b.key ? -1 : 1))
