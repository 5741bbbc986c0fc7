import { z } from 'zod'
import { commandLine } from '../../src/throughline/settings/as-installed.ts'
import { CommandError } from '../command/command-error.ts'
import { readLogLines, readTraces } from './read.ts'
import { groupByTrace, type Trace } from './trace.ts'

/** How many traces one search asks for: Jaeger's memory store refuses more than it may hold. */
export const MOST_TRACES = 100

const TIMEOUT_MS = 10_000
const CLOCKS_MAY_DIFFER_MS = 10 * 60_000

const linkAnswer = z.object({ traceIds: z.array(z.string().regex(/^[0-9a-f]{32}$/)) })
const serviceList = z.object({ services: z.array(z.string()).nullish() })

export type Backend = ReturnType<typeof backendAt>

/**
 * Jaeger's v3 query API, as far as it takes to find a trace, at `ui`, a URL without a trailing slash; Throughline's
 * viewer answers it too. One that does not answer is a CommandError, which says what it did and what to do about it.
 */
export function backendAt(ui: string, now: () => number = Date.now) {
  const get = <T>(path: string, read: (text: string) => T) => answerOf(ui, path, read)
  const searchIn = async (query: Record<string, string>) =>
    (await get(`/api/v3/traces?${new URLSearchParams(query)}`, readTraces)) ?? []
  /** The services that it has spans of. */
  const services = async (): Promise<string[]> => {
    const answer = await get('/api/v3/services', jsonOf(serviceList))
    if (answer === undefined) throw new CommandError(notABackend(ui))
    return answer.services ?? []
  }
  return {
    services,
    /** The trace with this id, undefined where there is none. */
    async trace(traceId: string): Promise<Trace | undefined> {
      return (await get(`/api/v3/traces/${traceId}`, readTraces))?.[0]
    },
    /** The traces with this correlation id, or any, on a span that started after `since`; newest first, at most `MOST_TRACES`. */
    async search(correlationId: string | undefined, since: Date): Promise<Trace[]> {
      const query = {
        'query.startTimeMin': since.toISOString(),
        'query.startTimeMax': new Date(now() + CLOCKS_MAY_DIFFER_MS).toISOString(),
        'query.searchDepth': String(MOST_TRACES),
        'query.attributes': JSON.stringify({ 'correlation.id': correlationId }),
      }
      try {
        return await searchIn(query)
      } catch (error) {
        if (!(error instanceof RefusedError)) throw error
        // Badger searches within a service only, and answers 500 without one.
        const each = (await services()).map((name) =>
          searchIn({ ...query, 'query.serviceName': name }),
        )
        const spans = (await Promise.all(each)).flat().flatMap((trace) => trace.spans)
        return groupByTrace(spans).slice(0, MOST_TRACES)
      }
    },
    /** The log lines of a trace; none where the backend is no log store, as Jaeger is not; the path is the viewer's own. */
    async logLines(traceId: string) {
      return (await get(`/api/logs?traceId=${traceId}`, readLogLines)) ?? []
    },
    /** The traces with links to one of these; none where the backend cannot be asked that, as Jaeger cannot; the path is the viewer's own. */
    async linksTo(traceIds: readonly string[]): Promise<string[]> {
      const query = new URLSearchParams(traceIds.map((traceId) => ['traceId', traceId]))
      return (await get(`/api/links?${query}`, jsonOf(linkAnswer)))?.traceIds ?? []
    },
  }
}

const jsonOf =
  <T>(schema: z.ZodType<T>) =>
  (text: string) =>
    schema.parse(JSON.parse(text))

/** An answer other than 2xx and 404. */
class RefusedError extends CommandError {}

/** What is read in an answer, undefined for a 404, which is also Jaeger's word for an empty result. */
async function answerOf<T>(ui: string, path: string, read: (text: string) => T) {
  const { status, text } = await request(ui, path)
  if (status === 404) return undefined
  if (status < 200 || status > 299) {
    throw new RefusedError(`${ui} answered ${status}: ${text.trim().slice(0, 300)}`)
  }
  try {
    return read(text)
  } catch (cause) {
    const what = cause instanceof z.ZodError ? z.prettifyError(cause) : String(cause)
    throw new CommandError(`${notABackend(ui)} (${what.replaceAll('\n', ' ')})`, { cause })
  }
}

async function request(ui: string, path: string): Promise<{ status: number; text: string }> {
  try {
    const response = await fetch(`${ui}${path}`, { signal: AbortSignal.timeout(TIMEOUT_MS) })
    return { status: response.status, text: await response.text() }
  } catch (cause) {
    throw new CommandError(silence(ui, cause), { cause })
  }
}

function silence(ui: string, error: unknown): string {
  if (error instanceof Error && error.name === 'TimeoutError') {
    return `${ui} did not answer within ${TIMEOUT_MS / 1000} s: try again, or name another backend with --ui`
  }
  return `nothing answers at ${ui}: start the viewer (${commandLine('viewer')}) or Jaeger (docker compose up), or name another backend with --ui`
}

function notABackend(ui: string): string {
  return `${ui} does not answer as Jaeger's v3 query API: name a Jaeger or the viewer with --ui`
}
