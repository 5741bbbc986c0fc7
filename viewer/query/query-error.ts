/** An error as Jaeger's gateway answers it. */
export class QueryError extends Error {
  readonly httpCode: number
  constructor(httpCode: number, message: string) {
    super(message)
    this.httpCode = httpCode
  }
}

/** A trace id as Jaeger takes it: leading zeros may be missing. */
export function traceIdOf(text: string): string {
  if (/^[0-9a-f]{17,32}$/i.test(text)) return text.toLowerCase().padStart(32, '0')
  throw new QueryError(400, 'malformed parameter trace_id: not 32 hex digits')
}
