import type { ServerResponse } from 'node:http'
import { type Attributes, type Context, type Span } from '@opentelemetry/api'
import { type ExpressRequest } from './express-routes.ts'

/** What is known when a request arrives. */
interface Begun {
  req: ExpressRequest
  res: ServerResponse
  span: Span
  context: Context
  /** The span's name, to which the route is added. */
  name: string
}
/** A request to this server and its answer, until that is over. */
export declare class Exchange {
  #private
  readonly context: Context
  constructor(begun: Begun)
  /** Notes what its listener threw, past every error handler. */
  threw(error: Error): void
  /** Ends the span: sent or cut off, the answer is over. */
  end(): void
  /** How long it has taken. */
  get seconds(): number
  /**
   * What its duration is told apart by
   * (https://opentelemetry.io/docs/specs/semconv/http/http-metrics/#metric-httpserverrequestduration).
   */
  dimensions(method: string, scheme: string): Attributes
}
