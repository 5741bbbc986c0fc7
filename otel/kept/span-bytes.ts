import type { Attributes } from '@opentelemetry/api'
import type { ReadableSpan } from '@opentelemetry/sdk-trace'

/** About how much memory a span that has ended takes, in bytes. */
export function spanBytes({ attributes, events }: ReadableSpan): number {
  let bytes = 1000 + attributesBytes(attributes)
  for (const event of events) bytes += 200 + attributesBytes(event.attributes ?? {})
  return bytes
}

function attributesBytes(attributes: Attributes): number {
  let bytes = 0
  for (const name in attributes) {
    const value = attributes[name]
    if (typeof value === 'string') bytes += 50 + value.length
    else bytes += Array.isArray(value) ? 50 + value.join().length : 50
  }
  return bytes
}
