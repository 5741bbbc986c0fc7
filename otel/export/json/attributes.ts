import type { Attributes } from '@opentelemetry/api'
import { remembering } from '../../remembering.ts'
import { listJson } from './list.ts'

/**
 * Attributes as a list of KeyValue in OTLP's JSON
 * (https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding).
 */
export function attributesJson(attributes: Attributes): string {
  let list = ''
  for (const key in attributes) {
    list += `${list && ','}${beginningOf(key)}${valueJson(attributes[key])}}`
  }
  return `[${list}]`
}

/** What a KeyValue begins with. */
const beginningOf = remembering((key) => `{"key":${JSON.stringify(key)},"value":`)

/** An AnyValue; one that is of none of its kinds is empty, as null is. */
function valueJson(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return `{"stringValue":${JSON.stringify(value)}}`
    case 'number':
      return numberJson(value)
    case 'boolean':
      return `{"boolValue":${value}}`
    case 'object':
      return objectJson(value)
    default:
      return '{}'
  }
}

/** An integer that int64 holds, else a double, which JSON has no number for where it is not finite. */
function numberJson(value: number): string {
  if (Number.isSafeInteger(value)) return `{"intValue":${value}}`
  return `{"doubleValue":${Number.isFinite(value) ? value : `"${value}"`}}`
}

function objectJson(value: object | null): string {
  if (value === null) return '{}'
  if (value instanceof Uint8Array) {
    return `{"bytesValue":"${Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('base64')}"}`
  }
  if (Array.isArray(value)) return `{"arrayValue":{"values":${listJson(value, valueJson)}}}`
  return `{"kvlistValue":{"values":${attributesJson({ ...value })}}}`
}
