import type { RequestHandler } from 'express'
import { CORRELATION_HEADER } from '../throughline/identity/correlation.ts'

/** Answers with the `x-correlation-id` that arrived, to see what a downstream gets. */
export const echo: RequestHandler = function echo(req, res) {
  res.json({ received: req.headers[CORRELATION_HEADER] ?? null })
}
