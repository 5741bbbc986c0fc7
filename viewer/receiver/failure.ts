import { reasonOf } from '../../src/throughline/answers/reason.ts'
import { BodyError } from '../http/body.ts'
import { Odd } from './field.ts'

/** Why a request was not taken: the status over HTTP, google.rpc.Code over both, and a text. */
interface Failure {
  status: number
  code: number
  message: string
  /** In how many seconds it may be tried again. */
  retryAfter?: number
}

/** What the sender did wrong, or 503 where it has done nothing wrong: the store failed, or others send too much. */
export function failureOf(error: unknown): Failure {
  if (error instanceof Odd)
    return { status: 400, code: 3, message: `not an OTLP request: ${error.message}` }
  if (error instanceof BodyError) {
    const { status, message } = error
    if (status === 503) return { status, code: 8, message, retryAfter: 1 }
    const hint = status === 413 ? '; send smaller batches, or raise --max-body-mb' : ''
    return { status, code: 3, message: message + hint }
  }
  const message = `could not store: ${reasonOf(error)}`
  return { status: 503, code: 14, message, retryAfter: 5 }
}
