import type { ServerResponse } from 'node:http'
import { type Attributes, type Span, SpanStatusCode } from '@opentelemetry/api'
import { type ExpressRequest, routeOf } from './express-routes.ts'

/** What is known when a request arrives. */
interface Begun {
  req: ExpressRequest
  res: ServerResponse
  span: Span
  /** The span's name, to which the route is added. */
  name: string
}

/** A request to this server and its answer, until that is over. */
export class Exchange {
  readonly #begun: Begun
  #outcome: Attributes = {}
  #thrown: Error | undefined

  constructor(begun: Begun) {
    this.#begun = begun
  }

  /** Notes what its listener threw, past every error handler. */
  threw(error: Error): void {
    this.#thrown = error
  }

  /** Ends the span: sent or cut off, the answer is over. */
  end(): void {
    const { req, res, span, name } = this.#begun
    const outcome = this.#outcome
    const route = routeOf(req)
    if (route !== undefined) outcome['http.route'] = route
    if (res.headersSent) outcome['http.response.status_code'] = res.statusCode
    const errorType = this.#failure()
    if (errorType !== undefined) outcome['error.type'] = errorType

    if (route !== undefined) span.updateName(`${name} ${route}`)
    span.setAttributes(outcome)
    span.end()
  }

  /**
   * What its duration is told apart by
   * (https://opentelemetry.io/docs/specs/semconv/http/http-metrics/#metric-httpserverrequestduration).
   */
  dimensions(method: string, scheme: string): Attributes {
    return {
      'http.request.method': method,
      'url.scheme': scheme,
      'network.protocol.version': this.#begun.req.httpVersion,
      ...this.#outcome,
    }
  }

  /**
   * The class of the error that it ended with, if any, which its span's status tells then
   * (https://opentelemetry.io/docs/specs/semconv/http/http-spans/#status): the answer's status from 500 on, else what
   * kept the answer from being sent in full, `aborted` where that was the client.
   */
  #failure(): string | undefined {
    const { res, span } = this.#begun
    const error = this.#thrown ?? res.errored
    const isFailure = res.headersSent && res.statusCode >= 500
    if (!isFailure && res.writableFinished) return undefined
    if (!hasFailed(span)) {
      if (error) span.recordException(error)
      span.setStatus(error ? { code: SpanStatusCode.ERROR, message: error.message } : FAILED)
    }
    return isFailure ? String(res.statusCode) : (error?.name ?? 'aborted')
  }
}

const FAILED = { code: SpanStatusCode.ERROR }

/** Whether the app has said so itself, and why: a second status would take the first one's message. */
function hasFailed(span: Span): boolean {
  const status: unknown = Reflect.get(span, 'status')
  return (
    typeof status === 'object' &&
    status !== null &&
    'code' in status &&
    status.code === SpanStatusCode.ERROR
  )
}
