import { z } from 'zod'
import { currentExport } from './current-export.ts'

/** The SDK's message about an answer that says more than that all was taken. */
export const PARTIAL_SUCCESS = 'Received Partial Success response:'

/**
 * Whether the SDK's message says that items were rejected, and their export has been told: the exporters themselves
 * report success (https://opentelemetry.io/docs/specs/otlp/#partial-success-1).
 */
export function tellRejection(message: string, details: readonly unknown[]): boolean {
  const told = currentExport()
  if (told === undefined || message !== PARTIAL_SUCCESS) return false
  const { rejected, errorMessage } = partialSuccessIn(details[0])
  if (rejected === 0) return false // a warning, nothing more
  told.rejected(rejected, `rejected by the collector: ${errorMessage}`)
  return true
}

/** What is no count counts as none, and what is no text is left out: the collector took the rest either way. */
const count = z.coerce.number().nonnegative().catch(0).transform(Math.floor)

const PartialSuccess = z
  .object({
    rejectedSpans: count,
    rejectedLogRecords: count,
    rejectedDataPoints: count,
    errorMessage: z.string().catch(''),
  })
  .transform(({ rejectedSpans, rejectedLogRecords, rejectedDataPoints, errorMessage }) => ({
    rejected: rejectedSpans + rejectedLogRecords + rejectedDataPoints,
    errorMessage,
  }))

function partialSuccessIn(json: unknown): z.infer<typeof PartialSuccess> {
  const parsed = PartialSuccess.safeParse(typeof json === 'string' ? JSON.parse(json) : json)
  return parsed.data ?? { rejected: 0, errorMessage: '' }
}
