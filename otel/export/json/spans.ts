import type { Link } from '@opentelemetry/api'
import type { ReadableSpan, TimedEvent } from '@opentelemetry/sdk-trace'
import { attributesJson } from './attributes.ts'
import { listJson } from './list.ts'
import { nanoseconds } from './nanoseconds.ts'

/**
 * Spans as OTLP's ExportTraceServiceRequest in JSON
 * (https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding), without most of what is empty. Throws a RangeError at a
 * time that is none.
 *
 * Written straight as text: to make an object of each attribute, for `JSON.stringify`, takes twice as long.
 */
export function spansJson(spans: ReadableSpan[]): string {
  const resources = Map.groupBy(spans, ({ resource }) => resource)
  return `{"resourceSpans":${listJson(resources, ([{ attributes, schemaUrl }, theirs]) => {
    const resource = `{"attributes":${attributesJson(attributes)}}`
    return `{"resource":${resource},"scopeSpans":${scopesJson(theirs)}${schemaJson(schemaUrl)}}`
  })}}`
}

function scopesJson(spans: ReadableSpan[]): string {
  const scopes = Map.groupBy(spans, ({ instrumentationScope }) => instrumentationScope)
  return listJson(scopes, ([{ name, version, schemaUrl }, theirs]) => {
    const scope = JSON.stringify({ name, version })
    return `{"scope":${scope},"spans":${listJson(theirs, spanJson)}${schemaJson(schemaUrl)}}`
  })
}

function schemaJson(url: string | undefined): string {
  return url ? `,"schemaUrl":${JSON.stringify(url)}` : ''
}

function spanJson(span: ReadableSpan): string {
  const { parentSpanContext: parent, status, events, links } = span
  const { traceId, spanId, traceFlags, traceState } = span.spanContext()
  let json = `{"traceId":"${traceId}","spanId":"${spanId}","flags":${flagsOf(traceFlags, parent)}`
  if (parent) json += `,"parentSpanId":"${parent.spanId}"`
  if (traceState) json += `,"traceState":${JSON.stringify(traceState.serialize())}`
  json += `,"name":${nameJson(span)},"kind":${span.kind + 1}`
  json += `,"startTimeUnixNano":"${nanoseconds(span.startTime)}"`
  json += `,"endTimeUnixNano":"${nanoseconds(span.endTime)}"`
  json += `,"attributes":${attributesJson(span.attributes)}`
  if (span.droppedAttributesCount > 0) {
    json += `,"droppedAttributesCount":${span.droppedAttributesCount}`
  }
  if (events.length > 0) json += `,"events":${listJson(events, eventJson)}`
  if (span.droppedEventsCount > 0) json += `,"droppedEventsCount":${span.droppedEventsCount}`
  if (links.length > 0) json += `,"links":${listJson(links, linkJson)}`
  if (span.droppedLinksCount > 0) json += `,"droppedLinksCount":${span.droppedLinksCount}`
  return `${json},"status":${status.code === 0 ? '{"code":0}' : JSON.stringify(status)}}`
}

/** As text, whatever an app without types has given. */
function nameJson({ name }: { name: string }): string {
  return JSON.stringify(String(name))
}

function eventJson(event: TimedEvent): string {
  const { time, attributes = {}, droppedAttributesCount = 0 } = event
  return `{"timeUnixNano":"${nanoseconds(time)}","name":${nameJson(event)},"attributes":${attributesJson(attributes)},"droppedAttributesCount":${droppedAttributesCount}}`
}

/** The ids of a link are whatever the app has given, and may be none. */
function linkJson({ context, attributes = {}, droppedAttributesCount = 0 }: Link): string {
  const { traceId, spanId, traceFlags, traceState } = context
  const ids = JSON.stringify({ traceId, spanId, traceState: traceState?.serialize() }).slice(1, -1)
  return `{${ids && `${ids},`}"flags":${flagsOf(traceFlags, context)},"attributes":${attributesJson(attributes)},"droppedAttributesCount":${droppedAttributesCount}}`
}

/** The W3C flags, and whether what the span context came from is in another process, which bit 9 is for, if bit 8 is. */
function flagsOf(traceFlags: number, from: { isRemote?: boolean } | undefined): number {
  return (traceFlags & 0xff) | HAS_IS_REMOTE | (from?.isRemote ? IS_REMOTE : 0)
}

const HAS_IS_REMOTE = 0x100
const IS_REMOTE = 0x200
