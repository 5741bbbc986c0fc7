import { join } from 'node:path'

export type Storage = 'memory' | 'badger'

export interface JaegerAddresses {
  ui: string
  otlp: string
  health: string
}

/** The least collector config that is a Jaeger: traces in over OTLP/HTTP, out over the query API. */
export function minimalConfig(storage: Storage, folder: string): object {
  return {
    service: {
      extensions: ['jaeger_storage', 'jaeger_query', 'healthcheckv2'],
      pipelines: { traces: { receivers: ['otlp'], exporters: ['jaeger_storage_exporter'] } },
    },
    extensions: {
      jaeger_storage: { backends: { traces: backends(folder)[storage] } },
      jaeger_query: { storage: { traces: 'traces' } },
      healthcheckv2: { use_v2: true },
    },
    receivers: { otlp: { protocols: { http: {} } } },
    exporters: { jaeger_storage_exporter: { trace_storage: 'traces' } },
  }
}

/** Laid over any config with these components: every port it would listen on, moved to a free one on loopback. */
export function portsConfig({ ui, otlp, health }: JaegerAddresses): object {
  return {
    service: { telemetry: { metrics: { level: 'none' } } },
    extensions: {
      jaeger_query: { http: { endpoint: ui }, grpc: { endpoint: '127.0.0.1:0' } },
      healthcheckv2: { http: { endpoint: health } },
    },
    receivers: { otlp: { protocols: { http: { endpoint: otlp } } } },
  }
}

function backends(folder: string): Record<Storage, object> {
  return {
    memory: { memory: { max_traces: 10_000 } },
    badger: {
      badger: {
        directories: { keys: join(folder, 'keys'), values: join(folder, 'values') },
        ephemeral: false,
        ttl: { spans: '48h' },
      },
    },
  }
}
