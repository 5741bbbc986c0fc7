/** Where the spans of an ExportTraceServiceRequest are: resource_spans, scope_spans, spans (OTLP 1.x, trace.proto). */
const RESOURCE_SPANS = 1
const SCOPE_SPANS = 2
const SPANS = 2

/** How many spans an ExportTraceServiceRequest in protobuf has; throws where it is none. */
export function countProtobufSpans(body: Uint8Array): number {
  let count = 0
  for (const resourceSpans of messages(body, RESOURCE_SPANS)) {
    for (const scopeSpans of messages(resourceSpans, SCOPE_SPANS)) {
      count += messages(scopeSpans, SPANS).length
    }
  }
  return count
}

/** The messages in field `wanted` of a message (https://protobuf.dev/programming-guides/encoding/). */
function messages(message: Uint8Array, wanted: number): Uint8Array[] {
  const found: Uint8Array[] = []
  let at = 0
  const varint = () => {
    let value = 0
    for (let factor = 1; ; factor *= 128) {
      const byte = message[at++]
      if (byte === undefined) throw new Error('protobuf: it ends in the middle of a number')
      value += (byte & 0x7f) * factor
      if (byte < 0x80) return value
    }
  }
  while (at < message.length) {
    const tag = varint()
    const field = Math.floor(tag / 8)
    const wireType = tag % 8
    if (wireType === 0) varint()
    else if (wireType === 1) at += 8
    else if (wireType === 5) at += 4
    else if (wireType === 2) {
      const length = varint()
      if (field === wanted) found.push(message.subarray(at, at + length))
      at += length
    } else throw new Error(`protobuf: wire type ${wireType} in field ${field}`)
  }
  if (at > message.length) throw new Error('protobuf: it ends in the middle of a field')
  return found
}
