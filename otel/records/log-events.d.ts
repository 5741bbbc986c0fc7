import type { LogRecordProcessor } from '@opentelemetry/sdk-logs'
import type { SpanLimits } from '@opentelemetry/sdk-trace'
/**
 * Tells a log line from a span's other events, and is its level as pino names it, such as `info`. The semantic
 * conventions have no attribute for a line's severity.
 */
export declare const LOG_SEVERITY = 'log.severity'
/**
 * Adds each log record to the span that it was logged in as an event, while that is open: Jaeger keeps no log
 * records, and so shows the lines where they were logged.
 *
 * The event is named by the line's message, which is what a trace UI lists, and has the line's fields as attributes.
 * The specification's bridge (https://opentelemetry.io/docs/specs/otel/logs/sdk/#event-to-span-event-bridge) takes
 * only records with an event name, which lines have not.
 */
export declare function logEvents({ attributeValueLengthLimit }: SpanLimits): LogRecordProcessor
