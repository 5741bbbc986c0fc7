import { randomUUID } from 'node:crypto'
import type { RequestHandler, Response } from 'express'
import createError from 'http-errors'
import { z } from 'zod'
import type { OrderQueue } from '../queue/order-queue.ts'
import { errorBody } from '../throughline/answers/error-answer.ts'
import { getCorrelationId } from '../throughline/identity/context.ts'
import type { Logger } from '../throughline/log/lines.ts'

/** The longest name of an item, in characters. */
const MAX_ITEM = 100

/** Wrong fields are named up to this many, each up to so many characters: what is unknown has any name. */
const MAX_FIELDS = 20
const MAX_NAME = 64

const item = `expected a text of 1 to ${MAX_ITEM} characters`
const quantity = 'expected a whole number from 1 to 100'

const Body = z.strictObject(
  {
    item: z.string(item).max(MAX_ITEM, item).regex(/\S/, item),
    quantity: z.int(quantity).min(1, quantity).max(100, quantity),
  },
  'expected a JSON object',
)

/** Takes an order, and puts it on the queue under the request's correlation id; who processes it is elsewhere. */
export function orders(queue: Pick<OrderQueue, 'add'>, logger: Logger): RequestHandler {
  return async function orders(req, res) {
    const body = Body.safeParse(req.body)
    if (!body.success) return refuse(wrongFields(body.error.issues), res, logger)
    const orderId = randomUUID()
    try {
      await queue.add({ orderId, ...body.data })
    } catch (cause) {
      const headers = { 'Retry-After': '5' }
      throw createError(503, 'order not accepted', { cause, headers })
    }
    res.status(202).json({ accepted: true, orderId, correlationId: getCorrelationId() })
  }
}

/** The line has the names of the fields, never their values. */
function refuse(fields: Record<string, string>, res: Response, logger: Logger): void {
  logger.warn({ status: 400, reason: 'fields', fields: Object.keys(fields) }, 'request refused')
  res.status(400).json({ ...errorBody(400), fields })
}

/** What was expected in each field that is wrong, by its name. */
function wrongFields(issues: z.core.$ZodIssue[]): Record<string, string> {
  const wrong = issues.flatMap((issue) => {
    if (issue.code === 'unrecognized_keys')
      return issue.keys.map((name) => [name.slice(0, MAX_NAME), 'expected no such field'])
    return [[String(issue.path[0] ?? 'body'), issue.message]]
  })
  return Object.fromEntries(wrong.slice(0, MAX_FIELDS))
}
