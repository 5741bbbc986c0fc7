import { setTimeout as delay } from 'node:timers/promises'
import type { RequestHandler } from 'express'

/** How long it takes until it fails, in milliseconds. */
const FUSE_MS = 5

/** An async handler that throws; Express 5 forwards it to the error handler. */
export const boom: RequestHandler = async function boom() {
  await delay(FUSE_MS)
  throw new Error('downstream exploded')
}
