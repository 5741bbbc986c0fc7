import { z } from 'zod'

/** What the app builds its telemetry from. */
declare const used: z.ZodPipe<
  z.ZodObject<
    {
      OTEL_SDK_DISABLED: z.ZodDefault<
        z.ZodType<boolean, unknown, z.core.$ZodTypeInternals<boolean, unknown>>
      >
      OTEL_CONFIG_FILE: z.ZodOptional<z.ZodUndefined>
      OTEL_EXPERIMENTAL_CONFIG_FILE: z.ZodOptional<z.ZodUndefined>
      OTEL_LOG_LEVEL: z.ZodDefault<
        z.ZodType<
          'all' | 'debug' | 'error' | 'info' | 'none' | 'verbose' | 'warn',
          unknown,
          z.core.$ZodTypeInternals<
            'all' | 'debug' | 'error' | 'info' | 'none' | 'verbose' | 'warn',
            unknown
          >
        >
      >
      OTEL_PROPAGATORS: z.ZodDefault<
        z.ZodType<
          ('b3' | 'b3multi' | 'baggage' | 'none' | 'tracecontext')[],
          unknown,
          z.core.$ZodTypeInternals<
            ('b3' | 'b3multi' | 'baggage' | 'none' | 'tracecontext')[],
            unknown
          >
        >
      >
      OTEL_INSTRUMENTATION_HTTP_KNOWN_METHODS: z.ZodDefault<
        z.ZodType<readonly string[], unknown, z.core.$ZodTypeInternals<readonly string[], unknown>>
      >
      OTEL_TRACES_EXPORTER: z.ZodDefault<
        z.ZodPipe<
          z.ZodType<
            ('none' | 'otlp')[],
            unknown,
            z.core.$ZodTypeInternals<('none' | 'otlp')[], unknown>
          >,
          z.ZodTransform<boolean, ('none' | 'otlp')[]>
        >
      >
      OTEL_METRICS_EXPORTER: z.ZodDefault<
        z.ZodPipe<
          z.ZodType<
            ('none' | 'otlp')[],
            unknown,
            z.core.$ZodTypeInternals<('none' | 'otlp')[], unknown>
          >,
          z.ZodTransform<boolean, ('none' | 'otlp')[]>
        >
      >
      OTEL_LOGS_EXPORTER: z.ZodDefault<
        z.ZodPipe<
          z.ZodType<
            ('none' | 'otlp')[],
            unknown,
            z.core.$ZodTypeInternals<('none' | 'otlp')[], unknown>
          >,
          z.ZodTransform<boolean, ('none' | 'otlp')[]>
        >
      >
      OTEL_TRACES_SAMPLER: z.ZodDefault<
        z.ZodType<
          | 'always_off'
          | 'always_on'
          | 'parentbased_always_off'
          | 'parentbased_always_on'
          | 'parentbased_traceidratio'
          | 'traceidratio',
          unknown,
          z.core.$ZodTypeInternals<
            | 'always_off'
            | 'always_on'
            | 'parentbased_always_off'
            | 'parentbased_always_on'
            | 'parentbased_traceidratio'
            | 'traceidratio',
            unknown
          >
        >
      >
      OTEL_TRACES_SAMPLER_ARG: z.ZodDefault<
        z.ZodType<number, unknown, z.core.$ZodTypeInternals<number, unknown>>
      >
      OTEL_EXPORTER_OTLP_PROTOCOL: z.ZodOptional<
        z.ZodType<
          'grpc' | 'http/json' | 'http/protobuf',
          unknown,
          z.core.$ZodTypeInternals<'grpc' | 'http/json' | 'http/protobuf', unknown>
        >
      >
      OTEL_EXPORTER_OTLP_TRACES_PROTOCOL: z.ZodOptional<
        z.ZodType<
          'grpc' | 'http/json' | 'http/protobuf',
          unknown,
          z.core.$ZodTypeInternals<'grpc' | 'http/json' | 'http/protobuf', unknown>
        >
      >
      OTEL_EXPORTER_OTLP_METRICS_PROTOCOL: z.ZodOptional<
        z.ZodType<
          'grpc' | 'http/json' | 'http/protobuf',
          unknown,
          z.core.$ZodTypeInternals<'grpc' | 'http/json' | 'http/protobuf', unknown>
        >
      >
      OTEL_EXPORTER_OTLP_LOGS_PROTOCOL: z.ZodOptional<
        z.ZodType<
          'grpc' | 'http/json' | 'http/protobuf',
          unknown,
          z.core.$ZodTypeInternals<'grpc' | 'http/json' | 'http/protobuf', unknown>
        >
      >
      OTEL_EXPORTER_OTLP_ENDPOINT: z.ZodOptional<
        z.ZodType<string, unknown, z.core.$ZodTypeInternals<string, unknown>>
      >
      OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: z.ZodOptional<
        z.ZodType<string, unknown, z.core.$ZodTypeInternals<string, unknown>>
      >
      OTEL_EXPORTER_OTLP_METRICS_ENDPOINT: z.ZodOptional<
        z.ZodType<string, unknown, z.core.$ZodTypeInternals<string, unknown>>
      >
      OTEL_EXPORTER_OTLP_LOGS_ENDPOINT: z.ZodOptional<
        z.ZodType<string, unknown, z.core.$ZodTypeInternals<string, unknown>>
      >
      OTEL_EXPORTER_OTLP_INSECURE: z.ZodOptional<
        z.ZodType<boolean, unknown, z.core.$ZodTypeInternals<boolean, unknown>>
      >
      OTEL_EXPORTER_OTLP_TRACES_INSECURE: z.ZodOptional<
        z.ZodType<boolean, unknown, z.core.$ZodTypeInternals<boolean, unknown>>
      >
      OTEL_EXPORTER_OTLP_METRICS_INSECURE: z.ZodOptional<
        z.ZodType<boolean, unknown, z.core.$ZodTypeInternals<boolean, unknown>>
      >
      OTEL_EXPORTER_OTLP_LOGS_INSECURE: z.ZodOptional<
        z.ZodType<boolean, unknown, z.core.$ZodTypeInternals<boolean, unknown>>
      >
      OTEL_EXPORTER_OTLP_HEADERS: z.ZodDefault<
        z.ZodType<
          import('./pairs.ts').Pairs,
          unknown,
          z.core.$ZodTypeInternals<import('./pairs.ts').Pairs, unknown>
        >
      >
      OTEL_EXPORTER_OTLP_TRACES_HEADERS: z.ZodDefault<
        z.ZodType<
          import('./pairs.ts').Pairs,
          unknown,
          z.core.$ZodTypeInternals<import('./pairs.ts').Pairs, unknown>
        >
      >
      OTEL_EXPORTER_OTLP_METRICS_HEADERS: z.ZodDefault<
        z.ZodType<
          import('./pairs.ts').Pairs,
          unknown,
          z.core.$ZodTypeInternals<import('./pairs.ts').Pairs, unknown>
        >
      >
      OTEL_EXPORTER_OTLP_LOGS_HEADERS: z.ZodDefault<
        z.ZodType<
          import('./pairs.ts').Pairs,
          unknown,
          z.core.$ZodTypeInternals<import('./pairs.ts').Pairs, unknown>
        >
      >
      OTEL_EXPORTER_OTLP_COMPRESSION: z.ZodOptional<
        z.ZodType<'gzip' | 'none', unknown, z.core.$ZodTypeInternals<'gzip' | 'none', unknown>>
      >
      OTEL_EXPORTER_OTLP_TRACES_COMPRESSION: z.ZodOptional<
        z.ZodType<'gzip' | 'none', unknown, z.core.$ZodTypeInternals<'gzip' | 'none', unknown>>
      >
      OTEL_EXPORTER_OTLP_METRICS_COMPRESSION: z.ZodOptional<
        z.ZodType<'gzip' | 'none', unknown, z.core.$ZodTypeInternals<'gzip' | 'none', unknown>>
      >
      OTEL_EXPORTER_OTLP_LOGS_COMPRESSION: z.ZodOptional<
        z.ZodType<'gzip' | 'none', unknown, z.core.$ZodTypeInternals<'gzip' | 'none', unknown>>
      >
      OTEL_EXPORTER_OTLP_TIMEOUT: z.ZodDefault<
        z.ZodPipe<
          z.ZodType<number, unknown, z.core.$ZodTypeInternals<number, unknown>>,
          z.ZodTransform<number, number>
        >
      >
      OTEL_EXPORTER_OTLP_TRACES_TIMEOUT: z.ZodOptional<
        z.ZodPipe<
          z.ZodType<number, unknown, z.core.$ZodTypeInternals<number, unknown>>,
          z.ZodTransform<number, number>
        >
      >
      OTEL_EXPORTER_OTLP_METRICS_TIMEOUT: z.ZodOptional<
        z.ZodPipe<
          z.ZodType<number, unknown, z.core.$ZodTypeInternals<number, unknown>>,
          z.ZodTransform<number, number>
        >
      >
      OTEL_EXPORTER_OTLP_LOGS_TIMEOUT: z.ZodOptional<
        z.ZodPipe<
          z.ZodType<number, unknown, z.core.$ZodTypeInternals<number, unknown>>,
          z.ZodTransform<number, number>
        >
      >
      OTEL_BSP_SCHEDULE_DELAY: z.ZodDefault<
        z.ZodType<number, unknown, z.core.$ZodTypeInternals<number, unknown>>
      >
      OTEL_BSP_EXPORT_TIMEOUT: z.ZodDefault<
        z.ZodPipe<
          z.ZodType<number, unknown, z.core.$ZodTypeInternals<number, unknown>>,
          z.ZodTransform<number, number>
        >
      >
      OTEL_BSP_MAX_QUEUE_SIZE: z.ZodDefault<
        z.ZodType<number, unknown, z.core.$ZodTypeInternals<number, unknown>>
      >
      OTEL_BSP_MAX_EXPORT_BATCH_SIZE: z.ZodOptional<
        z.ZodType<number, unknown, z.core.$ZodTypeInternals<number, unknown>>
      >
      OTEL_BLRP_SCHEDULE_DELAY: z.ZodDefault<
        z.ZodType<number, unknown, z.core.$ZodTypeInternals<number, unknown>>
      >
      OTEL_BLRP_EXPORT_TIMEOUT: z.ZodDefault<
        z.ZodPipe<
          z.ZodType<number, unknown, z.core.$ZodTypeInternals<number, unknown>>,
          z.ZodTransform<number, number>
        >
      >
      OTEL_BLRP_MAX_QUEUE_SIZE: z.ZodDefault<
        z.ZodType<number, unknown, z.core.$ZodTypeInternals<number, unknown>>
      >
      OTEL_BLRP_MAX_EXPORT_BATCH_SIZE: z.ZodOptional<
        z.ZodType<number, unknown, z.core.$ZodTypeInternals<number, unknown>>
      >
      OTEL_METRIC_EXPORT_INTERVAL: z.ZodDefault<
        z.ZodType<number, unknown, z.core.$ZodTypeInternals<number, unknown>>
      >
      OTEL_METRIC_EXPORT_TIMEOUT: z.ZodOptional<
        z.ZodPipe<
          z.ZodType<number, unknown, z.core.$ZodTypeInternals<number, unknown>>,
          z.ZodTransform<number, number>
        >
      >
      OTEL_ATTRIBUTE_COUNT_LIMIT: z.ZodOptional<
        z.ZodType<number, unknown, z.core.$ZodTypeInternals<number, unknown>>
      >
      OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT: z.ZodOptional<
        z.ZodType<number, unknown, z.core.$ZodTypeInternals<number, unknown>>
      >
      OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT: z.ZodOptional<
        z.ZodType<number, unknown, z.core.$ZodTypeInternals<number, unknown>>
      >
      OTEL_SPAN_ATTRIBUTE_VALUE_LENGTH_LIMIT: z.ZodOptional<
        z.ZodType<number, unknown, z.core.$ZodTypeInternals<number, unknown>>
      >
      OTEL_SPAN_EVENT_COUNT_LIMIT: z.ZodOptional<
        z.ZodType<number, unknown, z.core.$ZodTypeInternals<number, unknown>>
      >
      OTEL_SPAN_LINK_COUNT_LIMIT: z.ZodOptional<
        z.ZodType<number, unknown, z.core.$ZodTypeInternals<number, unknown>>
      >
      OTEL_EVENT_ATTRIBUTE_COUNT_LIMIT: z.ZodOptional<
        z.ZodType<number, unknown, z.core.$ZodTypeInternals<number, unknown>>
      >
      OTEL_LINK_ATTRIBUTE_COUNT_LIMIT: z.ZodOptional<
        z.ZodType<number, unknown, z.core.$ZodTypeInternals<number, unknown>>
      >
      OTEL_LOGRECORD_ATTRIBUTE_COUNT_LIMIT: z.ZodOptional<
        z.ZodType<number, unknown, z.core.$ZodTypeInternals<number, unknown>>
      >
      OTEL_LOGRECORD_ATTRIBUTE_VALUE_LENGTH_LIMIT: z.ZodOptional<
        z.ZodType<number, unknown, z.core.$ZodTypeInternals<number, unknown>>
      >
    },
    z.core.$strip
  >,
  z.ZodTransform<
    {
      OTEL_SDK_DISABLED: boolean
      OTEL_CONFIG_FILE?: undefined
      OTEL_EXPERIMENTAL_CONFIG_FILE?: undefined
      OTEL_LOG_LEVEL: 'all' | 'debug' | 'error' | 'info' | 'none' | 'verbose' | 'warn'
      OTEL_PROPAGATORS: ('b3' | 'b3multi' | 'baggage' | 'none' | 'tracecontext')[]
      OTEL_INSTRUMENTATION_HTTP_KNOWN_METHODS: readonly string[]
      OTEL_TRACES_EXPORTER: boolean
      OTEL_METRICS_EXPORTER: boolean
      OTEL_LOGS_EXPORTER: boolean
      OTEL_TRACES_SAMPLER:
        | 'always_off'
        | 'always_on'
        | 'parentbased_always_off'
        | 'parentbased_always_on'
        | 'parentbased_traceidratio'
        | 'traceidratio'
      OTEL_TRACES_SAMPLER_ARG: number
      OTEL_EXPORTER_OTLP_PROTOCOL?: 'grpc' | 'http/json' | 'http/protobuf' | undefined
      OTEL_EXPORTER_OTLP_TRACES_PROTOCOL?: 'grpc' | 'http/json' | 'http/protobuf' | undefined
      OTEL_EXPORTER_OTLP_METRICS_PROTOCOL?: 'grpc' | 'http/json' | 'http/protobuf' | undefined
      OTEL_EXPORTER_OTLP_LOGS_PROTOCOL?: 'grpc' | 'http/json' | 'http/protobuf' | undefined
      OTEL_EXPORTER_OTLP_ENDPOINT?: string | undefined
      OTEL_EXPORTER_OTLP_TRACES_ENDPOINT?: string | undefined
      OTEL_EXPORTER_OTLP_METRICS_ENDPOINT?: string | undefined
      OTEL_EXPORTER_OTLP_LOGS_ENDPOINT?: string | undefined
      OTEL_EXPORTER_OTLP_INSECURE?: boolean | undefined
      OTEL_EXPORTER_OTLP_TRACES_INSECURE?: boolean | undefined
      OTEL_EXPORTER_OTLP_METRICS_INSECURE?: boolean | undefined
      OTEL_EXPORTER_OTLP_LOGS_INSECURE?: boolean | undefined
      OTEL_EXPORTER_OTLP_HEADERS: import('./pairs.ts').Pairs
      OTEL_EXPORTER_OTLP_TRACES_HEADERS: import('./pairs.ts').Pairs
      OTEL_EXPORTER_OTLP_METRICS_HEADERS: import('./pairs.ts').Pairs
      OTEL_EXPORTER_OTLP_LOGS_HEADERS: import('./pairs.ts').Pairs
      OTEL_EXPORTER_OTLP_COMPRESSION?: 'gzip' | 'none' | undefined
      OTEL_EXPORTER_OTLP_TRACES_COMPRESSION?: 'gzip' | 'none' | undefined
      OTEL_EXPORTER_OTLP_METRICS_COMPRESSION?: 'gzip' | 'none' | undefined
      OTEL_EXPORTER_OTLP_LOGS_COMPRESSION?: 'gzip' | 'none' | undefined
      OTEL_EXPORTER_OTLP_TIMEOUT: number
      OTEL_EXPORTER_OTLP_TRACES_TIMEOUT?: number | undefined
      OTEL_EXPORTER_OTLP_METRICS_TIMEOUT?: number | undefined
      OTEL_EXPORTER_OTLP_LOGS_TIMEOUT?: number | undefined
      OTEL_BSP_SCHEDULE_DELAY: number
      OTEL_BSP_EXPORT_TIMEOUT: number
      OTEL_BSP_MAX_QUEUE_SIZE: number
      OTEL_BLRP_SCHEDULE_DELAY: number
      OTEL_BLRP_EXPORT_TIMEOUT: number
      OTEL_BLRP_MAX_QUEUE_SIZE: number
      OTEL_METRIC_EXPORT_INTERVAL: number
      OTEL_ATTRIBUTE_COUNT_LIMIT?: number | undefined
      OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT?: number | undefined
      OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT?: number | undefined
      OTEL_SPAN_ATTRIBUTE_VALUE_LENGTH_LIMIT?: number | undefined
      OTEL_SPAN_EVENT_COUNT_LIMIT?: number | undefined
      OTEL_SPAN_LINK_COUNT_LIMIT?: number | undefined
      OTEL_EVENT_ATTRIBUTE_COUNT_LIMIT?: number | undefined
      OTEL_LINK_ATTRIBUTE_COUNT_LIMIT?: number | undefined
      OTEL_LOGRECORD_ATTRIBUTE_COUNT_LIMIT?: number | undefined
      OTEL_LOGRECORD_ATTRIBUTE_VALUE_LENGTH_LIMIT?: number | undefined
      OTEL_BSP_MAX_EXPORT_BATCH_SIZE: number
      OTEL_BLRP_MAX_EXPORT_BATCH_SIZE: number
      OTEL_METRIC_EXPORT_TIMEOUT: number
    },
    {
      OTEL_SDK_DISABLED: boolean
      OTEL_CONFIG_FILE?: undefined
      OTEL_EXPERIMENTAL_CONFIG_FILE?: undefined
      OTEL_LOG_LEVEL: 'all' | 'debug' | 'error' | 'info' | 'none' | 'verbose' | 'warn'
      OTEL_PROPAGATORS: ('b3' | 'b3multi' | 'baggage' | 'none' | 'tracecontext')[]
      OTEL_INSTRUMENTATION_HTTP_KNOWN_METHODS: readonly string[]
      OTEL_TRACES_EXPORTER: boolean
      OTEL_METRICS_EXPORTER: boolean
      OTEL_LOGS_EXPORTER: boolean
      OTEL_TRACES_SAMPLER:
        | 'always_off'
        | 'always_on'
        | 'parentbased_always_off'
        | 'parentbased_always_on'
        | 'parentbased_traceidratio'
        | 'traceidratio'
      OTEL_TRACES_SAMPLER_ARG: number
      OTEL_EXPORTER_OTLP_PROTOCOL?: 'grpc' | 'http/json' | 'http/protobuf' | undefined
      OTEL_EXPORTER_OTLP_TRACES_PROTOCOL?: 'grpc' | 'http/json' | 'http/protobuf' | undefined
      OTEL_EXPORTER_OTLP_METRICS_PROTOCOL?: 'grpc' | 'http/json' | 'http/protobuf' | undefined
      OTEL_EXPORTER_OTLP_LOGS_PROTOCOL?: 'grpc' | 'http/json' | 'http/protobuf' | undefined
      OTEL_EXPORTER_OTLP_ENDPOINT?: string | undefined
      OTEL_EXPORTER_OTLP_TRACES_ENDPOINT?: string | undefined
      OTEL_EXPORTER_OTLP_METRICS_ENDPOINT?: string | undefined
      OTEL_EXPORTER_OTLP_LOGS_ENDPOINT?: string | undefined
      OTEL_EXPORTER_OTLP_INSECURE?: boolean | undefined
      OTEL_EXPORTER_OTLP_TRACES_INSECURE?: boolean | undefined
      OTEL_EXPORTER_OTLP_METRICS_INSECURE?: boolean | undefined
      OTEL_EXPORTER_OTLP_LOGS_INSECURE?: boolean | undefined
      OTEL_EXPORTER_OTLP_HEADERS: import('./pairs.ts').Pairs
      OTEL_EXPORTER_OTLP_TRACES_HEADERS: import('./pairs.ts').Pairs
      OTEL_EXPORTER_OTLP_METRICS_HEADERS: import('./pairs.ts').Pairs
      OTEL_EXPORTER_OTLP_LOGS_HEADERS: import('./pairs.ts').Pairs
      OTEL_EXPORTER_OTLP_COMPRESSION?: 'gzip' | 'none' | undefined
      OTEL_EXPORTER_OTLP_TRACES_COMPRESSION?: 'gzip' | 'none' | undefined
      OTEL_EXPORTER_OTLP_METRICS_COMPRESSION?: 'gzip' | 'none' | undefined
      OTEL_EXPORTER_OTLP_LOGS_COMPRESSION?: 'gzip' | 'none' | undefined
      OTEL_EXPORTER_OTLP_TIMEOUT: number
      OTEL_EXPORTER_OTLP_TRACES_TIMEOUT?: number | undefined
      OTEL_EXPORTER_OTLP_METRICS_TIMEOUT?: number | undefined
      OTEL_EXPORTER_OTLP_LOGS_TIMEOUT?: number | undefined
      OTEL_BSP_SCHEDULE_DELAY: number
      OTEL_BSP_EXPORT_TIMEOUT: number
      OTEL_BSP_MAX_QUEUE_SIZE: number
      OTEL_BSP_MAX_EXPORT_BATCH_SIZE?: number | undefined
      OTEL_BLRP_SCHEDULE_DELAY: number
      OTEL_BLRP_EXPORT_TIMEOUT: number
      OTEL_BLRP_MAX_QUEUE_SIZE: number
      OTEL_BLRP_MAX_EXPORT_BATCH_SIZE?: number | undefined
      OTEL_METRIC_EXPORT_INTERVAL: number
      OTEL_METRIC_EXPORT_TIMEOUT?: number | undefined
      OTEL_ATTRIBUTE_COUNT_LIMIT?: number | undefined
      OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT?: number | undefined
      OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT?: number | undefined
      OTEL_SPAN_ATTRIBUTE_VALUE_LENGTH_LIMIT?: number | undefined
      OTEL_SPAN_EVENT_COUNT_LIMIT?: number | undefined
      OTEL_SPAN_LINK_COUNT_LIMIT?: number | undefined
      OTEL_EVENT_ATTRIBUTE_COUNT_LIMIT?: number | undefined
      OTEL_LINK_ATTRIBUTE_COUNT_LIMIT?: number | undefined
      OTEL_LOGRECORD_ATTRIBUTE_COUNT_LIMIT?: number | undefined
      OTEL_LOGRECORD_ATTRIBUTE_VALUE_LENGTH_LIMIT?: number | undefined
    }
  >
>
/** What OpenTelemetry has no variable for. */
export declare const ownVariables: z.ZodObject<
  {
    PROPAGATE_TO: z.ZodOptional<
      z.ZodType<
        import('../../src/throughline/settings/hosts.ts').Hosts | undefined,
        unknown,
        z.core.$ZodTypeInternals<
          import('../../src/throughline/settings/hosts.ts').Hosts | undefined,
          unknown
        >
      >
    >
    TRACE_LOG_EVENTS: z.ZodDefault<
      z.ZodType<boolean, unknown, z.core.$ZodTypeInternals<boolean, unknown>>
    >
  },
  z.core.$strip
>
/**
 * All that telemetry goes by: OpenTelemetry's variables, by the meaning that its specification gives them
 * (https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/ and
 * https://opentelemetry.io/docs/specs/otel/protocol/exporter/), and ours. What nothing reads may be bad.
 */
export declare const otelVariables: z.ZodPipe<
  z.ZodPipe<z.ZodRecord<z.ZodString, z.ZodString>, z.ZodTransform<unknown, Record<string, string>>>,
  z.ZodIntersection<
    z.ZodIntersection<
      z.ZodPipe<
        z.ZodObject<
          {
            OTEL_SDK_DISABLED: z.ZodDefault<
              z.ZodType<boolean, unknown, z.core.$ZodTypeInternals<boolean, unknown>>
            >
            OTEL_CONFIG_FILE: z.ZodOptional<z.ZodUndefined>
            OTEL_EXPERIMENTAL_CONFIG_FILE: z.ZodOptional<z.ZodUndefined>
            OTEL_LOG_LEVEL: z.ZodDefault<
              z.ZodType<
                'all' | 'debug' | 'error' | 'info' | 'none' | 'verbose' | 'warn',
                unknown,
                z.core.$ZodTypeInternals<
                  'all' | 'debug' | 'error' | 'info' | 'none' | 'verbose' | 'warn',
                  unknown
                >
              >
            >
            OTEL_PROPAGATORS: z.ZodDefault<
              z.ZodType<
                ('b3' | 'b3multi' | 'baggage' | 'none' | 'tracecontext')[],
                unknown,
                z.core.$ZodTypeInternals<
                  ('b3' | 'b3multi' | 'baggage' | 'none' | 'tracecontext')[],
                  unknown
                >
              >
            >
            OTEL_INSTRUMENTATION_HTTP_KNOWN_METHODS: z.ZodDefault<
              z.ZodType<
                readonly string[],
                unknown,
                z.core.$ZodTypeInternals<readonly string[], unknown>
              >
            >
            OTEL_TRACES_EXPORTER: z.ZodDefault<
              z.ZodPipe<
                z.ZodType<
                  ('none' | 'otlp')[],
                  unknown,
                  z.core.$ZodTypeInternals<('none' | 'otlp')[], unknown>
                >,
                z.ZodTransform<boolean, ('none' | 'otlp')[]>
              >
            >
            OTEL_METRICS_EXPORTER: z.ZodDefault<
              z.ZodPipe<
                z.ZodType<
                  ('none' | 'otlp')[],
                  unknown,
                  z.core.$ZodTypeInternals<('none' | 'otlp')[], unknown>
                >,
                z.ZodTransform<boolean, ('none' | 'otlp')[]>
              >
            >
            OTEL_LOGS_EXPORTER: z.ZodDefault<
              z.ZodPipe<
                z.ZodType<
                  ('none' | 'otlp')[],
                  unknown,
                  z.core.$ZodTypeInternals<('none' | 'otlp')[], unknown>
                >,
                z.ZodTransform<boolean, ('none' | 'otlp')[]>
              >
            >
            OTEL_TRACES_SAMPLER: z.ZodDefault<
              z.ZodType<
                | 'always_off'
                | 'always_on'
                | 'parentbased_always_off'
                | 'parentbased_always_on'
                | 'parentbased_traceidratio'
                | 'traceidratio',
                unknown,
                z.core.$ZodTypeInternals<
                  | 'always_off'
                  | 'always_on'
                  | 'parentbased_always_off'
                  | 'parentbased_always_on'
                  | 'parentbased_traceidratio'
                  | 'traceidratio',
                  unknown
                >
              >
            >
            OTEL_TRACES_SAMPLER_ARG: z.ZodDefault<
              z.ZodType<number, unknown, z.core.$ZodTypeInternals<number, unknown>>
            >
            OTEL_EXPORTER_OTLP_PROTOCOL: z.ZodOptional<
              z.ZodType<
                'grpc' | 'http/json' | 'http/protobuf',
                unknown,
                z.core.$ZodTypeInternals<'grpc' | 'http/json' | 'http/protobuf', unknown>
              >
            >
            OTEL_EXPORTER_OTLP_TRACES_PROTOCOL: z.ZodOptional<
              z.ZodType<
                'grpc' | 'http/json' | 'http/protobuf',
                unknown,
                z.core.$ZodTypeInternals<'grpc' | 'http/json' | 'http/protobuf', unknown>
              >
            >
            OTEL_EXPORTER_OTLP_METRICS_PROTOCOL: z.ZodOptional<
              z.ZodType<
                'grpc' | 'http/json' | 'http/protobuf',
                unknown,
                z.core.$ZodTypeInternals<'grpc' | 'http/json' | 'http/protobuf', unknown>
              >
            >
            OTEL_EXPORTER_OTLP_LOGS_PROTOCOL: z.ZodOptional<
              z.ZodType<
                'grpc' | 'http/json' | 'http/protobuf',
                unknown,
                z.core.$ZodTypeInternals<'grpc' | 'http/json' | 'http/protobuf', unknown>
              >
            >
            OTEL_EXPORTER_OTLP_ENDPOINT: z.ZodOptional<
              z.ZodType<string, unknown, z.core.$ZodTypeInternals<string, unknown>>
            >
            OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: z.ZodOptional<
              z.ZodType<string, unknown, z.core.$ZodTypeInternals<string, unknown>>
            >
            OTEL_EXPORTER_OTLP_METRICS_ENDPOINT: z.ZodOptional<
              z.ZodType<string, unknown, z.core.$ZodTypeInternals<string, unknown>>
            >
            OTEL_EXPORTER_OTLP_LOGS_ENDPOINT: z.ZodOptional<
              z.ZodType<string, unknown, z.core.$ZodTypeInternals<string, unknown>>
            >
            OTEL_EXPORTER_OTLP_INSECURE: z.ZodOptional<
              z.ZodType<boolean, unknown, z.core.$ZodTypeInternals<boolean, unknown>>
            >
            OTEL_EXPORTER_OTLP_TRACES_INSECURE: z.ZodOptional<
              z.ZodType<boolean, unknown, z.core.$ZodTypeInternals<boolean, unknown>>
            >
            OTEL_EXPORTER_OTLP_METRICS_INSECURE: z.ZodOptional<
              z.ZodType<boolean, unknown, z.core.$ZodTypeInternals<boolean, unknown>>
            >
            OTEL_EXPORTER_OTLP_LOGS_INSECURE: z.ZodOptional<
              z.ZodType<boolean, unknown, z.core.$ZodTypeInternals<boolean, unknown>>
            >
            OTEL_EXPORTER_OTLP_HEADERS: z.ZodDefault<
              z.ZodType<
                import('./pairs.ts').Pairs,
                unknown,
                z.core.$ZodTypeInternals<import('./pairs.ts').Pairs, unknown>
              >
            >
            OTEL_EXPORTER_OTLP_TRACES_HEADERS: z.ZodDefault<
              z.ZodType<
                import('./pairs.ts').Pairs,
                unknown,
                z.core.$ZodTypeInternals<import('./pairs.ts').Pairs, unknown>
              >
            >
            OTEL_EXPORTER_OTLP_METRICS_HEADERS: z.ZodDefault<
              z.ZodType<
                import('./pairs.ts').Pairs,
                unknown,
                z.core.$ZodTypeInternals<import('./pairs.ts').Pairs, unknown>
              >
            >
            OTEL_EXPORTER_OTLP_LOGS_HEADERS: z.ZodDefault<
              z.ZodType<
                import('./pairs.ts').Pairs,
                unknown,
                z.core.$ZodTypeInternals<import('./pairs.ts').Pairs, unknown>
              >
            >
            OTEL_EXPORTER_OTLP_COMPRESSION: z.ZodOptional<
              z.ZodType<
                'gzip' | 'none',
                unknown,
                z.core.$ZodTypeInternals<'gzip' | 'none', unknown>
              >
            >
            OTEL_EXPORTER_OTLP_TRACES_COMPRESSION: z.ZodOptional<
              z.ZodType<
                'gzip' | 'none',
                unknown,
                z.core.$ZodTypeInternals<'gzip' | 'none', unknown>
              >
            >
            OTEL_EXPORTER_OTLP_METRICS_COMPRESSION: z.ZodOptional<
              z.ZodType<
                'gzip' | 'none',
                unknown,
                z.core.$ZodTypeInternals<'gzip' | 'none', unknown>
              >
            >
            OTEL_EXPORTER_OTLP_LOGS_COMPRESSION: z.ZodOptional<
              z.ZodType<
                'gzip' | 'none',
                unknown,
                z.core.$ZodTypeInternals<'gzip' | 'none', unknown>
              >
            >
            OTEL_EXPORTER_OTLP_TIMEOUT: z.ZodDefault<
              z.ZodPipe<
                z.ZodType<number, unknown, z.core.$ZodTypeInternals<number, unknown>>,
                z.ZodTransform<number, number>
              >
            >
            OTEL_EXPORTER_OTLP_TRACES_TIMEOUT: z.ZodOptional<
              z.ZodPipe<
                z.ZodType<number, unknown, z.core.$ZodTypeInternals<number, unknown>>,
                z.ZodTransform<number, number>
              >
            >
            OTEL_EXPORTER_OTLP_METRICS_TIMEOUT: z.ZodOptional<
              z.ZodPipe<
                z.ZodType<number, unknown, z.core.$ZodTypeInternals<number, unknown>>,
                z.ZodTransform<number, number>
              >
            >
            OTEL_EXPORTER_OTLP_LOGS_TIMEOUT: z.ZodOptional<
              z.ZodPipe<
                z.ZodType<number, unknown, z.core.$ZodTypeInternals<number, unknown>>,
                z.ZodTransform<number, number>
              >
            >
            OTEL_BSP_SCHEDULE_DELAY: z.ZodDefault<
              z.ZodType<number, unknown, z.core.$ZodTypeInternals<number, unknown>>
            >
            OTEL_BSP_EXPORT_TIMEOUT: z.ZodDefault<
              z.ZodPipe<
                z.ZodType<number, unknown, z.core.$ZodTypeInternals<number, unknown>>,
                z.ZodTransform<number, number>
              >
            >
            OTEL_BSP_MAX_QUEUE_SIZE: z.ZodDefault<
              z.ZodType<number, unknown, z.core.$ZodTypeInternals<number, unknown>>
            >
            OTEL_BSP_MAX_EXPORT_BATCH_SIZE: z.ZodOptional<
              z.ZodType<number, unknown, z.core.$ZodTypeInternals<number, unknown>>
            >
            OTEL_BLRP_SCHEDULE_DELAY: z.ZodDefault<
              z.ZodType<number, unknown, z.core.$ZodTypeInternals<number, unknown>>
            >
            OTEL_BLRP_EXPORT_TIMEOUT: z.ZodDefault<
              z.ZodPipe<
                z.ZodType<number, unknown, z.core.$ZodTypeInternals<number, unknown>>,
                z.ZodTransform<number, number>
              >
            >
            OTEL_BLRP_MAX_QUEUE_SIZE: z.ZodDefault<
              z.ZodType<number, unknown, z.core.$ZodTypeInternals<number, unknown>>
            >
            OTEL_BLRP_MAX_EXPORT_BATCH_SIZE: z.ZodOptional<
              z.ZodType<number, unknown, z.core.$ZodTypeInternals<number, unknown>>
            >
            OTEL_METRIC_EXPORT_INTERVAL: z.ZodDefault<
              z.ZodType<number, unknown, z.core.$ZodTypeInternals<number, unknown>>
            >
            OTEL_METRIC_EXPORT_TIMEOUT: z.ZodOptional<
              z.ZodPipe<
                z.ZodType<number, unknown, z.core.$ZodTypeInternals<number, unknown>>,
                z.ZodTransform<number, number>
              >
            >
            OTEL_ATTRIBUTE_COUNT_LIMIT: z.ZodOptional<
              z.ZodType<number, unknown, z.core.$ZodTypeInternals<number, unknown>>
            >
            OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT: z.ZodOptional<
              z.ZodType<number, unknown, z.core.$ZodTypeInternals<number, unknown>>
            >
            OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT: z.ZodOptional<
              z.ZodType<number, unknown, z.core.$ZodTypeInternals<number, unknown>>
            >
            OTEL_SPAN_ATTRIBUTE_VALUE_LENGTH_LIMIT: z.ZodOptional<
              z.ZodType<number, unknown, z.core.$ZodTypeInternals<number, unknown>>
            >
            OTEL_SPAN_EVENT_COUNT_LIMIT: z.ZodOptional<
              z.ZodType<number, unknown, z.core.$ZodTypeInternals<number, unknown>>
            >
            OTEL_SPAN_LINK_COUNT_LIMIT: z.ZodOptional<
              z.ZodType<number, unknown, z.core.$ZodTypeInternals<number, unknown>>
            >
            OTEL_EVENT_ATTRIBUTE_COUNT_LIMIT: z.ZodOptional<
              z.ZodType<number, unknown, z.core.$ZodTypeInternals<number, unknown>>
            >
            OTEL_LINK_ATTRIBUTE_COUNT_LIMIT: z.ZodOptional<
              z.ZodType<number, unknown, z.core.$ZodTypeInternals<number, unknown>>
            >
            OTEL_LOGRECORD_ATTRIBUTE_COUNT_LIMIT: z.ZodOptional<
              z.ZodType<number, unknown, z.core.$ZodTypeInternals<number, unknown>>
            >
            OTEL_LOGRECORD_ATTRIBUTE_VALUE_LENGTH_LIMIT: z.ZodOptional<
              z.ZodType<number, unknown, z.core.$ZodTypeInternals<number, unknown>>
            >
          },
          z.core.$strip
        >,
        z.ZodTransform<
          {
            OTEL_SDK_DISABLED: boolean
            OTEL_CONFIG_FILE?: undefined
            OTEL_EXPERIMENTAL_CONFIG_FILE?: undefined
            OTEL_LOG_LEVEL: 'all' | 'debug' | 'error' | 'info' | 'none' | 'verbose' | 'warn'
            OTEL_PROPAGATORS: ('b3' | 'b3multi' | 'baggage' | 'none' | 'tracecontext')[]
            OTEL_INSTRUMENTATION_HTTP_KNOWN_METHODS: readonly string[]
            OTEL_TRACES_EXPORTER: boolean
            OTEL_METRICS_EXPORTER: boolean
            OTEL_LOGS_EXPORTER: boolean
            OTEL_TRACES_SAMPLER:
              | 'always_off'
              | 'always_on'
              | 'parentbased_always_off'
              | 'parentbased_always_on'
              | 'parentbased_traceidratio'
              | 'traceidratio'
            OTEL_TRACES_SAMPLER_ARG: number
            OTEL_EXPORTER_OTLP_PROTOCOL?: 'grpc' | 'http/json' | 'http/protobuf' | undefined
            OTEL_EXPORTER_OTLP_TRACES_PROTOCOL?: 'grpc' | 'http/json' | 'http/protobuf' | undefined
            OTEL_EXPORTER_OTLP_METRICS_PROTOCOL?: 'grpc' | 'http/json' | 'http/protobuf' | undefined
            OTEL_EXPORTER_OTLP_LOGS_PROTOCOL?: 'grpc' | 'http/json' | 'http/protobuf' | undefined
            OTEL_EXPORTER_OTLP_ENDPOINT?: string | undefined
            OTEL_EXPORTER_OTLP_TRACES_ENDPOINT?: string | undefined
            OTEL_EXPORTER_OTLP_METRICS_ENDPOINT?: string | undefined
            OTEL_EXPORTER_OTLP_LOGS_ENDPOINT?: string | undefined
            OTEL_EXPORTER_OTLP_INSECURE?: boolean | undefined
            OTEL_EXPORTER_OTLP_TRACES_INSECURE?: boolean | undefined
            OTEL_EXPORTER_OTLP_METRICS_INSECURE?: boolean | undefined
            OTEL_EXPORTER_OTLP_LOGS_INSECURE?: boolean | undefined
            OTEL_EXPORTER_OTLP_HEADERS: import('./pairs.ts').Pairs
            OTEL_EXPORTER_OTLP_TRACES_HEADERS: import('./pairs.ts').Pairs
            OTEL_EXPORTER_OTLP_METRICS_HEADERS: import('./pairs.ts').Pairs
            OTEL_EXPORTER_OTLP_LOGS_HEADERS: import('./pairs.ts').Pairs
            OTEL_EXPORTER_OTLP_COMPRESSION?: 'gzip' | 'none' | undefined
            OTEL_EXPORTER_OTLP_TRACES_COMPRESSION?: 'gzip' | 'none' | undefined
            OTEL_EXPORTER_OTLP_METRICS_COMPRESSION?: 'gzip' | 'none' | undefined
            OTEL_EXPORTER_OTLP_LOGS_COMPRESSION?: 'gzip' | 'none' | undefined
            OTEL_EXPORTER_OTLP_TIMEOUT: number
            OTEL_EXPORTER_OTLP_TRACES_TIMEOUT?: number | undefined
            OTEL_EXPORTER_OTLP_METRICS_TIMEOUT?: number | undefined
            OTEL_EXPORTER_OTLP_LOGS_TIMEOUT?: number | undefined
            OTEL_BSP_SCHEDULE_DELAY: number
            OTEL_BSP_EXPORT_TIMEOUT: number
            OTEL_BSP_MAX_QUEUE_SIZE: number
            OTEL_BLRP_SCHEDULE_DELAY: number
            OTEL_BLRP_EXPORT_TIMEOUT: number
            OTEL_BLRP_MAX_QUEUE_SIZE: number
            OTEL_METRIC_EXPORT_INTERVAL: number
            OTEL_ATTRIBUTE_COUNT_LIMIT?: number | undefined
            OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT?: number | undefined
            OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT?: number | undefined
            OTEL_SPAN_ATTRIBUTE_VALUE_LENGTH_LIMIT?: number | undefined
            OTEL_SPAN_EVENT_COUNT_LIMIT?: number | undefined
            OTEL_SPAN_LINK_COUNT_LIMIT?: number | undefined
            OTEL_EVENT_ATTRIBUTE_COUNT_LIMIT?: number | undefined
            OTEL_LINK_ATTRIBUTE_COUNT_LIMIT?: number | undefined
            OTEL_LOGRECORD_ATTRIBUTE_COUNT_LIMIT?: number | undefined
            OTEL_LOGRECORD_ATTRIBUTE_VALUE_LENGTH_LIMIT?: number | undefined
            OTEL_BSP_MAX_EXPORT_BATCH_SIZE: number
            OTEL_BLRP_MAX_EXPORT_BATCH_SIZE: number
            OTEL_METRIC_EXPORT_TIMEOUT: number
          },
          {
            OTEL_SDK_DISABLED: boolean
            OTEL_CONFIG_FILE?: undefined
            OTEL_EXPERIMENTAL_CONFIG_FILE?: undefined
            OTEL_LOG_LEVEL: 'all' | 'debug' | 'error' | 'info' | 'none' | 'verbose' | 'warn'
            OTEL_PROPAGATORS: ('b3' | 'b3multi' | 'baggage' | 'none' | 'tracecontext')[]
            OTEL_INSTRUMENTATION_HTTP_KNOWN_METHODS: readonly string[]
            OTEL_TRACES_EXPORTER: boolean
            OTEL_METRICS_EXPORTER: boolean
            OTEL_LOGS_EXPORTER: boolean
            OTEL_TRACES_SAMPLER:
              | 'always_off'
              | 'always_on'
              | 'parentbased_always_off'
              | 'parentbased_always_on'
              | 'parentbased_traceidratio'
              | 'traceidratio'
            OTEL_TRACES_SAMPLER_ARG: number
            OTEL_EXPORTER_OTLP_PROTOCOL?: 'grpc' | 'http/json' | 'http/protobuf' | undefined
            OTEL_EXPORTER_OTLP_TRACES_PROTOCOL?: 'grpc' | 'http/json' | 'http/protobuf' | undefined
            OTEL_EXPORTER_OTLP_METRICS_PROTOCOL?: 'grpc' | 'http/json' | 'http/protobuf' | undefined
            OTEL_EXPORTER_OTLP_LOGS_PROTOCOL?: 'grpc' | 'http/json' | 'http/protobuf' | undefined
            OTEL_EXPORTER_OTLP_ENDPOINT?: string | undefined
            OTEL_EXPORTER_OTLP_TRACES_ENDPOINT?: string | undefined
            OTEL_EXPORTER_OTLP_METRICS_ENDPOINT?: string | undefined
            OTEL_EXPORTER_OTLP_LOGS_ENDPOINT?: string | undefined
            OTEL_EXPORTER_OTLP_INSECURE?: boolean | undefined
            OTEL_EXPORTER_OTLP_TRACES_INSECURE?: boolean | undefined
            OTEL_EXPORTER_OTLP_METRICS_INSECURE?: boolean | undefined
            OTEL_EXPORTER_OTLP_LOGS_INSECURE?: boolean | undefined
            OTEL_EXPORTER_OTLP_HEADERS: import('./pairs.ts').Pairs
            OTEL_EXPORTER_OTLP_TRACES_HEADERS: import('./pairs.ts').Pairs
            OTEL_EXPORTER_OTLP_METRICS_HEADERS: import('./pairs.ts').Pairs
            OTEL_EXPORTER_OTLP_LOGS_HEADERS: import('./pairs.ts').Pairs
            OTEL_EXPORTER_OTLP_COMPRESSION?: 'gzip' | 'none' | undefined
            OTEL_EXPORTER_OTLP_TRACES_COMPRESSION?: 'gzip' | 'none' | undefined
            OTEL_EXPORTER_OTLP_METRICS_COMPRESSION?: 'gzip' | 'none' | undefined
            OTEL_EXPORTER_OTLP_LOGS_COMPRESSION?: 'gzip' | 'none' | undefined
            OTEL_EXPORTER_OTLP_TIMEOUT: number
            OTEL_EXPORTER_OTLP_TRACES_TIMEOUT?: number | undefined
            OTEL_EXPORTER_OTLP_METRICS_TIMEOUT?: number | undefined
            OTEL_EXPORTER_OTLP_LOGS_TIMEOUT?: number | undefined
            OTEL_BSP_SCHEDULE_DELAY: number
            OTEL_BSP_EXPORT_TIMEOUT: number
            OTEL_BSP_MAX_QUEUE_SIZE: number
            OTEL_BSP_MAX_EXPORT_BATCH_SIZE?: number | undefined
            OTEL_BLRP_SCHEDULE_DELAY: number
            OTEL_BLRP_EXPORT_TIMEOUT: number
            OTEL_BLRP_MAX_QUEUE_SIZE: number
            OTEL_BLRP_MAX_EXPORT_BATCH_SIZE?: number | undefined
            OTEL_METRIC_EXPORT_INTERVAL: number
            OTEL_METRIC_EXPORT_TIMEOUT?: number | undefined
            OTEL_ATTRIBUTE_COUNT_LIMIT?: number | undefined
            OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT?: number | undefined
            OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT?: number | undefined
            OTEL_SPAN_ATTRIBUTE_VALUE_LENGTH_LIMIT?: number | undefined
            OTEL_SPAN_EVENT_COUNT_LIMIT?: number | undefined
            OTEL_SPAN_LINK_COUNT_LIMIT?: number | undefined
            OTEL_EVENT_ATTRIBUTE_COUNT_LIMIT?: number | undefined
            OTEL_LINK_ATTRIBUTE_COUNT_LIMIT?: number | undefined
            OTEL_LOGRECORD_ATTRIBUTE_COUNT_LIMIT?: number | undefined
            OTEL_LOGRECORD_ATTRIBUTE_VALUE_LENGTH_LIMIT?: number | undefined
          }
        >
      >,
      z.ZodObject<
        {
          OTEL_RESOURCE_ATTRIBUTES: z.ZodDefault<
            z.ZodType<
              import('./pairs.ts').Pairs,
              unknown,
              z.core.$ZodTypeInternals<import('./pairs.ts').Pairs, unknown>
            >
          >
          OTEL_SERVICE_NAME: z.ZodOptional<z.ZodString>
          OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE: z.ZodOptional<
            z.ZodType<
              'cumulative' | 'delta' | 'lowmemory',
              unknown,
              z.core.$ZodTypeInternals<'cumulative' | 'delta' | 'lowmemory', unknown>
            >
          >
        },
        z.core.$strip
      >
    >,
    z.ZodObject<
      {
        PROPAGATE_TO: z.ZodOptional<
          z.ZodType<
            import('../../src/throughline/settings/hosts.ts').Hosts | undefined,
            unknown,
            z.core.$ZodTypeInternals<
              import('../../src/throughline/settings/hosts.ts').Hosts | undefined,
              unknown
            >
          >
        >
        TRACE_LOG_EVENTS: z.ZodDefault<
          z.ZodType<boolean, unknown, z.core.$ZodTypeInternals<boolean, unknown>>
        >
      },
      z.core.$strip
    >
  >
>
/** OpenTelemetry's variables, parsed. */
export type OtelVariables = z.infer<typeof used>
/** OpenTelemetry's variables and ours, parsed. */
export type TelemetryVariables = z.infer<typeof otelVariables>
