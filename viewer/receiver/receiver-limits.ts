import type { Allowed } from '../http/guard.ts'

export interface ReceiverLimits extends Allowed {
  /** Bytes of one request, after decompression. */
  maxBody?: number
  /** Requests whose body is still arriving, over gRPC of one connection; a batch exporter has one at a time. */
  maxPending?: number
}

export const withDefaults = ({ maxBody = 64 * 1024 * 1024, maxPending = 32 }: ReceiverLimits) => ({
  maxBody,
  maxPending,
})
