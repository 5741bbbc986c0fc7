import { EventEmitter, once } from 'node:events'
import type { ReadableSpan, SpanProcessor } from '@opentelemetry/sdk-trace'

/** A processor that keeps each span that ends, and ways to wait for them. */
export function collectedSpans() {
  const spans: ReadableSpan[] = []
  const arrivals = new EventEmitter().setMaxListeners(0)
  const processor: SpanProcessor = {
    onStart() {},
    onEnd(span) {
      spans.push(span)
      arrivals.emit('span')
    },
    async forceFlush() {},
    async shutdown() {},
  }
  /** What `find` gives, as soon as it gives something. */
  async function until<T>(find: () => T | undefined): Promise<T> {
    for (;;) {
      const found = find()
      if (found !== undefined) return found
      await once(arrivals, 'span')
    }
  }
  return {
    spans,
    processor,
    spanAt: (index: number): Promise<ReadableSpan> => until(() => spans[index]),
    /** The spans that `fit`, as soon as there are `count`. */
    spansThat(fit: (span: ReadableSpan) => boolean, count = 1): Promise<ReadableSpan[]> {
      return until(() => {
        const found = spans.filter(fit)
        return found.length >= count ? found : undefined
      })
    },
  }
}
