import {
  base64,
  bool,
  double,
  enumeration,
  type Fields,
  fixed32,
  fixed64,
  hex,
  int64,
  list,
  message,
  string,
  uint32,
} from './protobuf.ts'

/* What of OTLP's messages the viewer reads (https://github.com/open-telemetry/opentelemetry-proto, 1.x). */

const anyValue: Fields = {
  1: string('stringValue'),
  2: bool('boolValue'),
  3: int64('intValue'),
  4: double('doubleValue'),
  5: message('arrayValue', () => arrayValue),
  6: message('kvlistValue', () => kvlistValue),
  7: base64('bytesValue'),
}
const arrayValue: Fields = { 1: list('values', () => anyValue) }
const kvlistValue: Fields = { 1: list('values', () => keyValue) }
const keyValue: Fields = { 1: string('key'), 2: message('value', () => anyValue) }
const attributes = list('attributes', () => keyValue)
const droppedAttributesCount = uint32('droppedAttributesCount')

const resource: Fields = { 1: attributes, 2: droppedAttributesCount }
const scope: Fields = {
  1: string('name'),
  2: string('version'),
  3: attributes,
  4: droppedAttributesCount,
}
const event: Fields = {
  1: fixed64('timeUnixNano'),
  2: string('name'),
  3: attributes,
  4: droppedAttributesCount,
}
const link: Fields = {
  1: hex('traceId'),
  2: hex('spanId'),
  3: string('traceState'),
  4: attributes,
  5: droppedAttributesCount,
  6: fixed32('flags'),
}
const status: Fields = { 2: string('message'), 3: enumeration('code') }
const span: Fields = {
  1: hex('traceId'),
  2: hex('spanId'),
  3: string('traceState'),
  4: hex('parentSpanId'),
  5: string('name'),
  6: enumeration('kind'),
  7: fixed64('startTimeUnixNano'),
  8: fixed64('endTimeUnixNano'),
  9: attributes,
  10: droppedAttributesCount,
  11: list('events', () => event),
  12: uint32('droppedEventsCount'),
  13: list('links', () => link),
  14: uint32('droppedLinksCount'),
  15: message('status', () => status),
  16: fixed32('flags'),
}
const logRecord: Fields = {
  1: fixed64('timeUnixNano'),
  2: enumeration('severityNumber'),
  3: string('severityText'),
  5: message('body', () => anyValue),
  6: attributes,
  7: droppedAttributesCount,
  8: fixed32('flags'),
  9: hex('traceId'),
  10: hex('spanId'),
  11: fixed64('observedTimeUnixNano'),
  12: string('eventName'),
}

/** Items by the resource and the scope that they came from, as both requests have them. */
const request = (resources: string, scopes: string, items: string, item: Fields): Fields => {
  const byScope = { 1: message('scope', () => scope), 2: list(items, () => item) }
  const byResource = { 1: message('resource', () => resource), 2: list(scopes, () => byScope) }
  return { 1: list(resources, () => byResource) }
}

export const traceRequest = request('resourceSpans', 'scopeSpans', 'spans', span)
export const logsRequest = request('resourceLogs', 'scopeLogs', 'logRecords', logRecord)
/** Of metrics nothing is kept: all of their fields are skipped. */
export const metricsRequest: Fields = {}
