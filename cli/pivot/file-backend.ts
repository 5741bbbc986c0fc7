import { type OtlpFile, readOtlpFile } from '../../viewer/files/read-otlp.ts'
import { foreseen } from '../command/command-error.ts'
import type { Backend } from '../trace/backend.ts'
import { logLinesOf, tracesOf } from '../trace/read.ts'
import { linkingTo } from '../trace/trace.ts'

/** A file of saved traces, asked as a backend is; throws a CommandError that says what the file is instead. */
export function backendIn(file: string): Backend {
  const content = read(file)
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

function read(file: string): OtlpFile {
  try {
    return readOtlpFile(file)
  } catch (error) {
    foreseen(error)
  }
}
