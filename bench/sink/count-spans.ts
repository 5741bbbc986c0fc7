import { gunzipSync } from 'node:zlib'
import { countEnvelopeSpans } from './envelope-spans.ts'
import { countJsonSpans } from './json-spans.ts'
import { countMsgpackSpans } from './msgpack-spans.ts'
import { countProtobufSpans } from './protobuf-spans.ts'

/** One request to the sink, as it came. */
export interface Export {
  path: string
  contentType: string
  gzipped: boolean
  body: Buffer
}

/** How many spans an export has; none in those of metrics, logs and what an agent is told besides. */
export function countSpans({ path, contentType, gzipped, body }: Export): number {
  const count = counterOf(path, contentType)
  if (count === undefined) return 0
  try {
    return count(gzipped ? gunzipSync(body) : body)
  } catch (cause) {
    throw new Error(`the sink cannot read what came to ${path} as ${contentType}`, { cause })
  }
}

function counterOf(path: string, contentType: string): ((body: Buffer) => number) | undefined {
  if (path === '/v1/traces') {
    return contentType.includes('json') ? countJsonSpans : countProtobufSpans
  }
  if (path === '/v0.4/traces') return countMsgpackSpans
  if (/^\/api\/\w+\/envelope\/$/.test(path)) return countEnvelopeSpans
  return undefined
}
