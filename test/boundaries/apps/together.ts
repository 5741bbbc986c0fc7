import type { RequestHandler } from 'express'

/** Lets requests go on in groups of this size, so that one is still at work when the others come. */
export function together(size: number): RequestHandler {
  let group = Promise.withResolvers<void>()
  let here = 0
  return async (_req, _res, next) => {
    const own = group
    here += 1
    if (here === size) {
      group.resolve()
      group = Promise.withResolvers()
      here = 0
    }
    await own.promise
    next()
  }
}
