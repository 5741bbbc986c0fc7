import { formatDistance } from '../../query/duration.ts'
import type { LinkEnd } from '../../store/links.ts'
import { type Span, spanOf } from '../../store/span.ts'
import type { Store } from '../../store/store.ts'

/** More links on one span are counted alone. */
const SHOWN = 50

/** The links of a span and those that lead to it, each with what is known of its other end. */
export function linkFacts(store: Store, span: Span) {
  const { links = [], traceId } = span.otlp
  const own = { traceId, spanId: span.spanId }
  const incoming = store.links.spansTo(own, SHOWN + 1)
  return {
    links: links.slice(0, SHOWN).map((link) => ({
      ...otherEnd(store, link, span),
      attributes: link.attributes,
    })),
    linksLeftOut: Math.max(0, links.length - SHOWN),
    linkedFrom: incoming.slice(0, SHOWN).map((end) => otherEnd(store, end, span)),
    linkedFromMore: incoming.length > SHOWN,
  }
}

function otherEnd(store: Store, { traceId, spanId }: LinkEnd, span: Span) {
  const [stored] = store.spansWithId(traceId, spanId)
  const href = `/trace/${traceId}?uiFind=${spanId}`
  if (stored === undefined) return { href, traceId, spanId, known: undefined }
  const { name, service, start } = spanOf(stored)
  return {
    href,
    traceId,
    spanId,
    known: { name, service, when: formatDistance(start - span.start) },
  }
}
