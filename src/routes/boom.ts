import { setTimeout as delay } from 'node:timers/promises'
import { Router } from 'express'

/** How long it takes until it fails, in milliseconds. */
const FUSE_MS = 5

/** `GET /boom`: an async handler that throws; Express 5 forwards it to the error handler. */
export function boom(): Router {
  return Router().get('/boom', async () => {
    await delay(FUSE_MS)
    throw new Error('downstream exploded')
  })
}
