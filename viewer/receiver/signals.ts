import type { Store } from '../store/store.ts'
import type { Message } from './message.ts'
import {
  decodeLogs,
  decodeTraces,
  logsRequest,
  metricsRequest,
  traceRequest,
} from './otlp-request.ts'

/** What came of a request: how many of its items are not kept, and what is to be said of that. */
export interface Taken {
  rejected: number
  reason: string | undefined
}

/** One of OTLP's signals, whichever protocol and encoding it comes by. */
export interface Signal {
  /** Over HTTP, and the service whose method `Export` it is over gRPC. */
  path: string
  service: string
  /** Its request, and the field of its answer that counts what was not kept. */
  request: Pick<Message<unknown>, 'byNumber'>
  counter: string
  /** Keeps what is in a request's JSON; throws an Odd where it is none, and what the store throws. */
  take(body: unknown): Taken
}

/** Traces and logs go into the store, metrics into nothing. */
export const signalsInto = (store: Store): Signal[] => [
  {
    path: '/v1/traces',
    service: 'opentelemetry.proto.collector.trace.v1.TraceService',
    request: traceRequest,
    counter: 'rejectedSpans',
    take(body) {
      const { batches, rejected, reason } = decodeTraces(body)
      const crowded = store.addSpans(batches)
      const crowding = crowded > 0 ? 'too many different spans have one id' : undefined
      return { rejected: rejected + crowded, reason: reason ?? crowding }
    },
  },
  {
    path: '/v1/logs',
    service: 'opentelemetry.proto.collector.logs.v1.LogsService',
    request: logsRequest,
    counter: 'rejectedLogRecords',
    take(body) {
      const { batches, rejected, reason } = decodeLogs(body)
      store.addLogs(batches)
      return { rejected, reason }
    },
  },
  {
    path: '/v1/metrics',
    service: 'opentelemetry.proto.collector.metrics.v1.MetricsService',
    request: metricsRequest,
    counter: 'rejectedDataPoints',
    take: () => ({ rejected: 0, reason: undefined }),
  },
]
