import { Router } from 'express'
import { CORRELATION_HEADER } from '../throughline/identity/correlation.ts'

/** `GET /echo`: the `x-correlation-id` that arrived, to see what a downstream gets. */
export function echo(): Router {
  return Router().get('/echo', (req, res) => {
    res.json({ received: req.headers[CORRELATION_HEADER] ?? null })
  })
}
