import type { LogRecordLimits } from '@opentelemetry/sdk-logs'
import type { SpanLimits } from '@opentelemetry/sdk-trace'
import type { OtelVariables } from './variables.ts'

/** The specification's default, where it has one: https://opentelemetry.io/docs/specs/otel/common/#configurable-parameters */
const COUNT = 128

/** How much one span may hold. */
export function spanLimitsOf(variables: OtelVariables): SpanLimits {
  return {
    attributeCountLimit:
      variables.OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT ?? variables.OTEL_ATTRIBUTE_COUNT_LIMIT ?? COUNT,
    attributeValueLengthLimit:
      variables.OTEL_SPAN_ATTRIBUTE_VALUE_LENGTH_LIMIT ??
      variables.OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT ??
      Number.POSITIVE_INFINITY,
    eventCountLimit: variables.OTEL_SPAN_EVENT_COUNT_LIMIT ?? COUNT,
    linkCountLimit: variables.OTEL_SPAN_LINK_COUNT_LIMIT ?? COUNT,
    attributePerEventCountLimit: variables.OTEL_EVENT_ATTRIBUTE_COUNT_LIMIT ?? COUNT,
    attributePerLinkCountLimit: variables.OTEL_LINK_ATTRIBUTE_COUNT_LIMIT ?? COUNT,
  }
}

/** How much one log record may hold. */
export function logRecordLimitsOf(variables: OtelVariables): LogRecordLimits {
  return {
    attributeCountLimit:
      variables.OTEL_LOGRECORD_ATTRIBUTE_COUNT_LIMIT ??
      variables.OTEL_ATTRIBUTE_COUNT_LIMIT ??
      COUNT,
    attributeValueLengthLimit:
      variables.OTEL_LOGRECORD_ATTRIBUTE_VALUE_LENGTH_LIMIT ??
      variables.OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT ??
      Number.POSITIVE_INFINITY,
  }
}
