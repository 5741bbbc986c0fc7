import { type Context, trace } from '@opentelemetry/api'
import type { ReadableSpan, SpanProcessor } from '@opentelemetry/sdk-trace'
import { heldTraceOf, hold } from '../../src/throughline/identity/held-trace.ts'
import type { Report } from '../export/export-health.ts'
import { HELD_LIMITS, type HeldLimits } from './limits.ts'
import { type Deciding, LocalTrace } from './local-trace.ts'
import { Undecided } from './undecided.ts'

/** How often what is too old is let go, in milliseconds. */
const SWEEP_MS = 60_000

/**
 * Hands on to `next` the spans that the head samples, and those of a local trace that has failed or was slow; the
 * others of it are held until its request or job has ended. Needs `recordAll` for the sampler.
 */
export function keepForCause(
  next: readonly SpanProcessor[],
  { rules, head }: Pick<Deciding, 'rules' | 'head'>,
  report: Report,
  limits: HeldLimits = HELD_LIMITS,
): SpanProcessor {
  const undecided = new Undecided(limits, report)
  const send = (span: ReadableSpan) => {
    for (const each of next) each.onEnd(span)
  }
  const deciding = { rules, head, undecided, send }
  const sweeping = setInterval(() => undecided.sweep(), SWEEP_MS).unref()

  return {
    onStart(span, parent: Context) {
      for (const each of next) each.onStart(span, parent)
      const above = heldTraceOf(trace.getSpan(parent))
      hold(span, above ?? new LocalTrace(span, deciding))
    },
    onEnd(span) {
      const local = heldTraceOf(span)
      if (local instanceof LocalTrace) local.ended(span)
      else send(span)
    },
    async forceFlush() {
      await Promise.all(next.map((each) => each.forceFlush()))
    },
    async shutdown() {
      clearInterval(sweeping)
      undecided.end()
      await Promise.all(next.map((each) => each.shutdown()))
    },
  }
}
