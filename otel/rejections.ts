import { AsyncLocalStorage } from 'node:async_hooks'
import { z } from 'zod'

/** Told how many items of a batch the collector did not take, and why. */
export type OnRejection = (count: number, reason: string) => void

const current = new AsyncLocalStorage<OnRejection>()

/** Runs `exportBatch`; `onRejection` hears of what a collector that answers `partialSuccess` to it rejected. */
export function listenForRejections(onRejection: OnRejection, exportBatch: () => void): void {
  current.run(onRejection, exportBatch)
}

/**
 * Whether the SDK's message says that items were rejected, and their export has been told: the exporters themselves
 * report success (https://opentelemetry.io/docs/specs/otlp/#partial-success-1).
 */
export function tellRejection(message: string, details: readonly unknown[]): boolean {
  const onRejection = current.getStore()
  if (onRejection === undefined || message !== 'Received Partial Success response:') return false
  const { rejected, errorMessage } = PartialSuccess.parse(details[0])
  if (rejected === 0) return false // a warning, nothing more
  onRejection(rejected, `rejected by the collector: ${errorMessage}`)
  return true
}

const count = z.coerce.number().default(0)

const PartialSuccess = z
  .string()
  .transform((json): unknown => JSON.parse(json))
  .pipe(
    z.object({
      rejectedSpans: count,
      rejectedLogRecords: count,
      rejectedDataPoints: count,
      errorMessage: z.string().default(''),
    }),
  )
  .transform(({ rejectedSpans, rejectedLogRecords, rejectedDataPoints, errorMessage }) => ({
    rejected: rejectedSpans + rejectedLogRecords + rejectedDataPoints,
    errorMessage,
  }))
