import { formatDuration } from '../../query/duration.ts'
import { type KeyValue, textOf } from '../../receiver/any-value.ts'
import { attribute } from '../../receiver/otlp.ts'
import { logLineOf, spanOf } from '../../store/span.ts'
import type { Store } from '../../store/store.ts'
import { clock } from '../clock.ts'
import { linkFacts } from './link-facts.ts'
import { signed } from './trace-rows.ts'

/** All that is known of one span, its log lines included; undefined where it is not here. */
export function spanFacts(store: Store, traceId: string, spanId: string) {
  const stored = store.spanOf(traceId, spanId)
  if (stored === undefined) return undefined
  const span = spanOf(stored)
  const links = linkFacts(store, span)
  const { otlp } = span
  return {
    ...clock(span.start),
    traceId,
    spanId,
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
    lines: store
      .logsOf(traceId)
      .filter(({ item }) => item.spanId === spanId)
      .map(logLineOf)
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
