import type { Allowed } from '../http/guard.ts'
import { Held } from './held.ts'

const MIB = 1024 * 1024

export interface ReceiverLimits extends Allowed {
  /** Bytes of one request, after decompression. */
  maxBody?: number
  /** Requests whose body is still arriving, over gRPC of one connection; a batch exporter has one at a time. */
  maxPending?: number
  /** Bytes of all requests that are arriving, shared by the receivers that are given it. */
  held?: Held
}

export const withDefaults = ({
  maxBody = 64 * MIB,
  maxPending = 32,
  held = new Held(Math.max(maxBody, 512 * MIB)),
}: ReceiverLimits) => ({ maxBody, maxPending, held })
