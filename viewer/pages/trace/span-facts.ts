import { attribute } from '../../receiver/otlp.ts'
import type { LinkEnd } from '../../store/links.ts'
import { logLineOf, spanOf } from '../../store/span.ts'
import type { Store } from '../../store/store.ts'

/** More links on one span are counted alone. */
const SHOWN = 50

/** All that is known of the spans of an id, log lines included; more than one where they share it, none where none is here. */
export function spanFacts(store: Store, traceId: string, spanId: string) {
  const lines = store.logsOf(traceId).filter(({ item }) => item.spanId === spanId)
  const incoming = store.links.spansTo({ traceId, spanId }, SHOWN + 1)
  return store.spansWithId(traceId, spanId).map((stored) => {
    const span = spanOf(stored)
    const { events = [], links = [] } = span.otlp
    return {
      span,
      // The stack of an exception stands apart from its other attributes.
      events: events.map(({ name, timeUnixNano, attributes }) => ({
        name,
        time: BigInt(timeUnixNano),
        stack: attribute(attributes, 'exception.stacktrace'),
        attributes: attributes?.filter(({ key }) => key !== 'exception.stacktrace'),
      })),
      lines: lines.map(logLineOf),
      linksTo: links.slice(0, SHOWN).map((link) => withSpan(store, link)),
      moreTo: links.length - SHOWN,
      linkedFrom: incoming.slice(0, SHOWN).map((end) => withSpan(store, end)),
      moreFrom: incoming.length > SHOWN,
    }
  })
}

/** A link's other end, with its span where that is here. */
function withSpan<E extends LinkEnd>(store: Store, end: E) {
  const [stored] = store.spansWithId(end.traceId, end.spanId)
  return { ...end, span: stored && spanOf(stored) }
}
