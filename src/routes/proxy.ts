import type { RequestHandler } from 'express'
import createError from 'http-errors'
import { z } from 'zod'
import { callDownstream } from '../downstream.ts'
import { getCorrelationId } from '../throughline/identity/context.ts'

const Answer = z.object({ received: z.string().nullable() })

/** Calls the downstream, and shows the correlation id on both sides. */
export function proxy(downstreamUrl: () => string): RequestHandler {
  return async function proxy(_req, res) {
    const answer = Answer.safeParse(await callDownstream(downstreamUrl()))
    if (!answer.success) throw createError(502, 'downstream call failed', { cause: answer.error })
    res.json({ here: getCorrelationId(), downstreamReceived: answer.data.received })
  }
}
