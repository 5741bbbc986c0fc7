import { formatDuration } from '../../query/duration.ts'
import { type KeyValue, textOf } from '../../receiver/any-value.ts'
import { attribute } from '../../receiver/otlp.ts'
import { logLineOf, type Span, spanOf } from '../../store/span.ts'
import type { Store } from '../../store/store.ts'
import { clock } from '../clock.ts'
import { linkFacts } from './link-facts.ts'
import { signed } from './trace-rows.ts'

/** All that is known of the spans of an id, log lines included; more than one where they share it, none where none is here. */
export const spanFacts = (store: Store, traceId: string, spanId: string) =>
  store.spansWithId(traceId, spanId).map((stored) => factsOf(store, spanOf(stored)))

function factsOf(store: Store, span: Span) {
  const links = linkFacts(store, span)
  const { otlp, spanId } = span
  const { traceId } = otlp
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
