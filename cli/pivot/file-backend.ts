import { readOtlpFile } from '../../viewer/files/read-otlp.ts'
import type { Backend } from '../trace/backend.ts'
import { logLinesOf, tracesOf } from '../trace/read.ts'
import { linkingTo } from '../trace/trace.ts'

/** A file of saved traces, asked as a backend is; rejects with an Error that says what the file is instead. */
export async function backendIn(file: string): Promise<Backend> {
  const content = readOtlpFile(file)
  const all = tracesOf(content.traces)
  return {
    trace: async (traceId) => all.find((trace) => trace.traceId === traceId),
    search: async (id) =>
      id === undefined ? all : all.filter(({ correlationIds }) => correlationIds.includes(id)),
    logLines: async (traceId) => logLinesOf(content.logs, traceId),
    linksTo: async (ids) => linkingTo(ids, all).map(({ traceId }) => traceId),
    services: async () => [...new Set(all.flatMap(({ services }) => services))],
  }
}
