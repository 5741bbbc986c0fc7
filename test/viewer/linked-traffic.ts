import { decodeTraces } from '../../viewer/receiver/otlp-request.ts'
import type { Store } from '../../viewer/store/store.ts'
import { type SpanInput, span, traces } from './traffic.ts'

/** Ids by number, in decimal digits, so that thousands of them differ. */
export const traceIdOf = (n: number) => String(n).padStart(32, 'a')
export const spanIdOf = (n: number) => String(n).padStart(16, 'b')

/** A link to the one span of trace `n`. */
export const linkTo = (n: number) => ({ traceId: traceIdOf(n), spanId: spanIdOf(n) })

/** Trace `n` of one span, `n` ms after the others' base, with links to those of these numbers. */
export const linking = (n: number, to: readonly number[] = [], more: SpanInput = {}) =>
  span({ ...linkTo(n), at: n, name: `trace ${n}`, links: to.map(linkTo), ...more })

export const of = (correlationId: string): SpanInput => ({
  attributes: { 'correlation.id': correlationId },
})

export function addTo(store: Store, ...spans: object[]): void {
  store.addSpans(decodeTraces(traces('app', ...spans)).batches)
}

/** The number of a trace by its id. */
export const numberOf = (traceId: string) => Number(traceId.replace(/^a+/, ''))
