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
export declare function runWithCarrier<T>(
  carrier: unknown,
  name: string,
  task: () => T,
  { parent }?: CarrierOptions,
): T
