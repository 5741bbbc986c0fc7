import { type MeterProvider } from '@opentelemetry/api'
/**
 * A MeterProvider for a processor's own metrics that reports one thing, at once: items dropped from a full queue,
 * which the processor counts with `error.type` `queue_full`
 * (https://opentelemetry.io/docs/specs/semconv/otel/sdk-metrics/).
 */
export declare function dropMeter(onDrop: (count: number) => void): MeterProvider
