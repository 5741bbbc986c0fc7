import { createNoopMeter, type MeterProvider } from '@opentelemetry/api'

/**
 * A MeterProvider for a processor's own metrics that reports one thing, at once: items dropped from a full queue,
 * which the processor counts with `error.type` `queue_full`
 * (https://opentelemetry.io/docs/specs/semconv/otel/sdk-metrics/).
 */
export function dropMeter(onDrop: (count: number) => void): MeterProvider {
  const noop = createNoopMeter()
  const meter = Object.create(noop, {
    createCounter: {
      value: () => ({
        add(count: number, attributes?: Record<string, unknown>) {
          if (attributes?.['error.type'] === 'queue_full') onDrop(count)
        },
      }),
    },
  })
  return { getMeter: () => meter }
}
