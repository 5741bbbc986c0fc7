import type { LogRecordLimits } from '@opentelemetry/sdk-logs'
import type { SpanLimits } from '@opentelemetry/sdk-trace'
import type { OtelVariables } from './variables.ts'
/** How much one span may hold. */
export declare function spanLimitsOf(variables: OtelVariables): SpanLimits
/** How much one log record may hold. */
export declare function logRecordLimitsOf(variables: OtelVariables): LogRecordLimits
