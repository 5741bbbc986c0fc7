import { type OtlpFile, readOtlpFile } from '../../viewer/files/read-otlp.ts'
import { type Backend, BackendError } from './backend.ts'
import { momentsOfTrace, tracesOf } from './otlp-json.ts'
import { correlationIdsOf, linkedTraces, servicesOf, type Trace } from './trace.ts'

/** A file of saved traces, asked as a backend is; throws a BackendError that says what the file is instead. */
export function backendIn(file: string): Backend & { all: Trace[] } {
  const { traces: spans, logs } = read(file)
  const traces = tracesOf(spans)
  return {
    all: traces,
    trace: async (traceId) => traces.find((trace) => trace.traceId === traceId),
    search: async (correlationId) =>
      traces.filter((trace) => correlationIdsOf(trace).includes(correlationId)),
    logRecords: async (traceId) => momentsOfTrace(logs, traceId),
    linksTo: async (traceIds) =>
      traces
        .filter((trace) => linkedTraces(trace).some((each) => traceIds.includes(each)))
        .map(({ traceId }) => traceId),
    services: async () => [...new Set(traces.flatMap(servicesOf))],
  }
}

function read(file: string): OtlpFile {
  try {
    return readOtlpFile(file)
  } catch (error) {
    throw new BackendError(error instanceof Error ? error.message : String(error), { cause: error })
  }
}
