import type { IncomingMessage } from 'node:http'
import { type ParsedUrlQuery, parse } from 'node:querystring'

/** The parameters of the URL, a repeated one as an array; a % that means nothing stands for itself. */
export function queryOf({ url = '' }: IncomingMessage): ParsedUrlQuery {
  const at = url.indexOf('?')
  return at < 0 ? {} : parse(url.slice(at + 1))
}
