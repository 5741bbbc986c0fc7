import { z } from 'zod'
import { BodyError } from '../http/body.ts'

/** Why a request was not taken: the status over HTTP, google.rpc.Code over both, and a text. */
export interface Failure {
  status: number
  code: number
  message: string
}

/** What the sender did wrong, or 503 and UNAVAILABLE where the store failed, to be tried again. */
export function failureOf(error: unknown): Failure {
  if (error instanceof z.ZodError) {
    const message = `not an OTLP request: ${z.prettifyError(error)}`
    return { status: 400, code: 3, message }
  }
  if (error instanceof BodyError) {
    const hint = error.status === 413 ? '; send smaller batches, or raise --max-body-mb' : ''
    return { status: error.status, code: 3, message: error.message + hint }
  }
  const message = `could not store: ${error instanceof Error ? error.message : 'unknown'}`
  return { status: 503, code: 14, message }
}
