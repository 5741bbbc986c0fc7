import { randomUUID } from 'node:crypto'
import { SpanKind, trace } from '@opentelemetry/api'
import { ourLogger } from '../log/our-logger.ts'
import { type Carried, readCarrier } from './carrier.ts'
import { type JobContext, runInJobContext } from './job-context.ts'

export interface CarrierOptions {
  /** Whether the sender waits for it: its span is then a child of the sender's, and else of a trace of its own. */
  parent?: boolean
}

/**
 * Runs `task` for a message, in a context of its own with the correlation id of its carrier, under a CONSUMER span that
 * links to the sender's: a job outlives its request
 * (https://opentelemetry.io/docs/specs/semconv/messaging/messaging-spans/#context-propagation). Gives what the task
 * gives, and rejects with what it rejects with.
 *
 * A carrier that is none counts as absent, with a line that says why: the task has an id and a trace of its own then.
 *
 * @example
 * runWithCarrier({ 'x-correlation-id': 'abc-123' }, 'orders', () => getCorrelationId()) // 'abc-123'
 */
export function runWithCarrier<T>(
  carrier: unknown,
  name: string,
  task: () => T,
  { parent = false }: CarrierOptions = {},
): T {
  const carried = readCarrier(carrier)
  const sender = trace.getSpanContext(carried.context)
  const links = sender === undefined || parent ? [] : [{ context: sender }]
  return runInJobContext(
    name,
    { kind: SpanKind.CONSUMER, links },
    jobContext(carried, parent),
    () => {
      if (carried.refusal !== undefined) {
        // Not its values: they are what an attacker would like to see there.
        ourLogger().warn({ job: name, reason: carried.refusal }, 'carrier refused')
      }
      return task()
    },
  )
}

/** Baggage travels on in any case, the sender's span to its children alone. */
function jobContext(
  { correlationId = randomUUID(), context }: Carried,
  parent: boolean,
): JobContext {
  return { correlationId, parent: parent ? context : trace.deleteSpan(context) }
}
