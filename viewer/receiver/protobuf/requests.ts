import {
  base64,
  bool,
  double,
  enumeration,
  type Fields,
  fields,
  fixed32,
  fixed64,
  hex,
  int64,
  message,
  string,
  uint32,
} from './messages.ts'

/* What of OTLP's messages the viewer reads (https://github.com/open-telemetry/opentelemetry-proto, 1.x). */

const values = fields([], [[1, 'values', message(() => anyValue)]])
const pairs = fields([], [[1, 'values', message(() => keyValue)]])
const anyValue: Fields = fields([
  [1, 'stringValue', string],
  [2, 'boolValue', bool],
  [3, 'intValue', int64],
  [4, 'doubleValue', double],
  [5, 'arrayValue', message(() => values)],
  [6, 'kvlistValue', message(() => pairs)],
  [7, 'bytesValue', base64],
])
const keyValue = fields([
  [1, 'key', string],
  [2, 'value', message(() => anyValue)],
])
const attributes = (number: number) => [number, 'attributes', message(() => keyValue)] as const

const resource = fields([[2, 'droppedAttributesCount', uint32]], [attributes(1)])
const scope = fields(
  [
    [1, 'name', string],
    [2, 'version', string],
    [4, 'droppedAttributesCount', uint32],
  ],
  [attributes(3)],
)

const event = fields(
  [
    [1, 'timeUnixNano', fixed64],
    [2, 'name', string],
    [4, 'droppedAttributesCount', uint32],
  ],
  [attributes(3)],
)
const link = fields(
  [
    [1, 'traceId', hex],
    [2, 'spanId', hex],
    [3, 'traceState', string],
    [5, 'droppedAttributesCount', uint32],
    [6, 'flags', fixed32],
  ],
  [attributes(4)],
)
const status = fields([
  [2, 'message', string],
  [3, 'code', enumeration],
])
const span = fields(
  [
    [1, 'traceId', hex],
    [2, 'spanId', hex],
    [3, 'traceState', string],
    [4, 'parentSpanId', hex],
    [5, 'name', string],
    [6, 'kind', enumeration],
    [7, 'startTimeUnixNano', fixed64],
    [8, 'endTimeUnixNano', fixed64],
    [10, 'droppedAttributesCount', uint32],
    [12, 'droppedEventsCount', uint32],
    [14, 'droppedLinksCount', uint32],
    [15, 'status', message(() => status)],
    [16, 'flags', fixed32],
  ],
  [attributes(9), [11, 'events', message(() => event)], [13, 'links', message(() => link)]],
)
const logRecord = fields(
  [
    [1, 'timeUnixNano', fixed64],
    [2, 'severityNumber', enumeration],
    [3, 'severityText', string],
    [5, 'body', message(() => anyValue)],
    [7, 'droppedAttributesCount', uint32],
    [8, 'flags', fixed32],
    [9, 'traceId', hex],
    [10, 'spanId', hex],
    [11, 'observedTimeUnixNano', fixed64],
    [12, 'eventName', string],
  ],
  [attributes(6)],
)

/** Items by the resource and the scope that they came from, as both requests have them. */
const request = (resources: string, scopes: string, items: string, item: Fields) => {
  const byScope = fields([[1, 'scope', message(() => scope)]], [[2, items, message(() => item)]])
  const byResource = fields(
    [[1, 'resource', message(() => resource)]],
    [[2, scopes, message(() => byScope)]],
  )
  return fields([], [[1, resources, message(() => byResource)]])
}

export const traceRequest = request('resourceSpans', 'scopeSpans', 'spans', span)
export const logsRequest = request('resourceLogs', 'scopeLogs', 'logRecords', logRecord)
/** Of metrics nothing is kept: all of their fields are skipped. */
export const metricsRequest = fields([])
