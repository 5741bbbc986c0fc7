import { accessSync, constants } from 'node:fs'
import { z } from 'zod'
import {
  boolean,
  integer,
  listOf,
  number,
  oneOf,
} from '../../src/throughline/settings/environment.ts'
import { propagateToVariable } from '../../src/throughline/settings/settings.ts'
import { KNOWN_METHODS } from '../server/server-attributes.ts'
import { misfitsOf } from './destination.ts'
import { endpoint } from './endpoint.ts'
import { headers } from './pairs.ts'
import { resourceVariables } from './resource.ts'
import { withoutBadUnused } from './used-variables.ts'

const MAX = 2 ** 31 - 1
const UNLIMITED_MS = MAX

const protocol = () => oneOf('http/json', 'http/protobuf', 'grpc').optional()
const compression = () => oneOf('gzip', 'none').optional()
const limit = () => integer(0, MAX).optional()
const positive = () => integer(1, MAX)
const duration = () => integer(0, MAX)
/** In milliseconds, where 0 is no limit (…/configuration/common/#timeout in the specification). */
const timeout = () => integer(0, MAX).transform((ms) => (ms === 0 ? UNLIMITED_MS : ms))

/** Whether a signal is exported. `console` is refused: stdout is for log lines. */
const exporter = () => listOf('otlp', 'none').transform((names) => !names.includes('none'))

const unset = (why: string) => z.undefined(`it unset: ${why}`).optional()

/** What the app builds its telemetry from. */
const used = z
  .object({
    OTEL_SDK_DISABLED: boolean().default(false),
    OTEL_CONFIG_FILE: unset('a configuration file would replace our processors'),
    OTEL_EXPERIMENTAL_CONFIG_FILE: unset('a configuration file would replace our processors'),
    OTEL_LOG_LEVEL: oneOf('none', 'error', 'warn', 'info', 'debug', 'verbose', 'all').default(
      'warn',
    ),
    OTEL_PROPAGATORS: listOf('tracecontext', 'baggage', 'b3', 'b3multi', 'none').default([
      'tracecontext',
      'baggage',
    ]),
    OTEL_INSTRUMENTATION_HTTP_KNOWN_METHODS: methods().default(KNOWN_METHODS),
    OTEL_TRACES_EXPORTER: exporter().default(true),
    OTEL_METRICS_EXPORTER: exporter().default(false),
    OTEL_LOGS_EXPORTER: exporter().default(false),
    OTEL_TRACES_SAMPLER: oneOf(
      'always_on',
      'always_off',
      'traceidratio',
      'parentbased_always_on',
      'parentbased_always_off',
      'parentbased_traceidratio',
    ).default('parentbased_always_on'),
    OTEL_TRACES_SAMPLER_ARG: number(0, 1).default(1),
    OTEL_EXPORTER_OTLP_PROTOCOL: protocol(),
    OTEL_EXPORTER_OTLP_TRACES_PROTOCOL: protocol(),
    OTEL_EXPORTER_OTLP_METRICS_PROTOCOL: protocol(),
    OTEL_EXPORTER_OTLP_LOGS_PROTOCOL: protocol(),
    OTEL_EXPORTER_OTLP_ENDPOINT: endpoint().optional(),
    OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: endpoint().optional(),
    OTEL_EXPORTER_OTLP_METRICS_ENDPOINT: endpoint().optional(),
    OTEL_EXPORTER_OTLP_LOGS_ENDPOINT: endpoint().optional(),
    OTEL_EXPORTER_OTLP_INSECURE: boolean().optional(),
    OTEL_EXPORTER_OTLP_TRACES_INSECURE: boolean().optional(),
    OTEL_EXPORTER_OTLP_METRICS_INSECURE: boolean().optional(),
    OTEL_EXPORTER_OTLP_LOGS_INSECURE: boolean().optional(),
    OTEL_EXPORTER_OTLP_HEADERS: headers().default({}),
    OTEL_EXPORTER_OTLP_TRACES_HEADERS: headers().default({}),
    OTEL_EXPORTER_OTLP_METRICS_HEADERS: headers().default({}),
    OTEL_EXPORTER_OTLP_LOGS_HEADERS: headers().default({}),
    OTEL_EXPORTER_OTLP_COMPRESSION: compression(),
    OTEL_EXPORTER_OTLP_TRACES_COMPRESSION: compression(),
    OTEL_EXPORTER_OTLP_METRICS_COMPRESSION: compression(),
    OTEL_EXPORTER_OTLP_LOGS_COMPRESSION: compression(),
    OTEL_EXPORTER_OTLP_TIMEOUT: timeout().default(10_000),
    OTEL_EXPORTER_OTLP_TRACES_TIMEOUT: timeout().optional(),
    OTEL_EXPORTER_OTLP_METRICS_TIMEOUT: timeout().optional(),
    OTEL_EXPORTER_OTLP_LOGS_TIMEOUT: timeout().optional(),
    OTEL_BSP_SCHEDULE_DELAY: duration().default(5000),
    OTEL_BSP_EXPORT_TIMEOUT: timeout().default(30_000),
    OTEL_BSP_MAX_QUEUE_SIZE: positive().default(2048),
    OTEL_BSP_MAX_EXPORT_BATCH_SIZE: positive().optional(),
    OTEL_BLRP_SCHEDULE_DELAY: duration().default(1000),
    OTEL_BLRP_EXPORT_TIMEOUT: timeout().default(30_000),
    OTEL_BLRP_MAX_QUEUE_SIZE: positive().default(2048),
    OTEL_BLRP_MAX_EXPORT_BATCH_SIZE: positive().optional(),
    OTEL_METRIC_EXPORT_INTERVAL: positive().default(60_000),
    OTEL_METRIC_EXPORT_TIMEOUT: timeout().optional(),
    OTEL_ATTRIBUTE_COUNT_LIMIT: limit(),
    OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT: limit(),
    OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT: limit(),
    OTEL_SPAN_ATTRIBUTE_VALUE_LENGTH_LIMIT: limit(),
    OTEL_SPAN_EVENT_COUNT_LIMIT: limit(),
    OTEL_SPAN_LINK_COUNT_LIMIT: limit(),
    OTEL_EVENT_ATTRIBUTE_COUNT_LIMIT: limit(),
    OTEL_LINK_ATTRIBUTE_COUNT_LIMIT: limit(),
    OTEL_LOGRECORD_ATTRIBUTE_COUNT_LIMIT: limit(),
    OTEL_LOGRECORD_ATTRIBUTE_VALUE_LENGTH_LIMIT: limit(),
  })
  // What is left out gives way to what was set: a shorter interval alone is no mistake.
  .transform((used) => ({
    ...used,
    OTEL_BSP_MAX_EXPORT_BATCH_SIZE:
      used.OTEL_BSP_MAX_EXPORT_BATCH_SIZE ?? Math.min(512, used.OTEL_BSP_MAX_QUEUE_SIZE),
    OTEL_BLRP_MAX_EXPORT_BATCH_SIZE:
      used.OTEL_BLRP_MAX_EXPORT_BATCH_SIZE ?? Math.min(512, used.OTEL_BLRP_MAX_QUEUE_SIZE),
    OTEL_METRIC_EXPORT_TIMEOUT:
      used.OTEL_METRIC_EXPORT_TIMEOUT ?? Math.min(30_000, used.OTEL_METRIC_EXPORT_INTERVAL),
  }))
  .refine(...atMost('OTEL_BSP_MAX_EXPORT_BATCH_SIZE', 'OTEL_BSP_MAX_QUEUE_SIZE'))
  .refine(...atMost('OTEL_BLRP_MAX_EXPORT_BATCH_SIZE', 'OTEL_BLRP_MAX_QUEUE_SIZE'))
  .refine(...atMost('OTEL_METRIC_EXPORT_TIMEOUT', 'OTEL_METRIC_EXPORT_INTERVAL', UNLIMITED_MS))

/** What the SDK reads by itself, and would pass over in silence where it is wrong. */
const readByTheSdk = z.object({
  OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE: oneOf(
    'cumulative',
    'delta',
    'lowmemory',
  ).optional(),
  ...resourceVariables.shape,
  ...otlp('OTEL_EXPORTER_OTLP'),
  ...otlp('OTEL_EXPORTER_OTLP_TRACES'),
  ...otlp('OTEL_EXPORTER_OTLP_METRICS'),
  ...otlp('OTEL_EXPORTER_OTLP_LOGS'),
})

/** What OpenTelemetry has no variable for. */
export const ownVariables = z.object({
  TRACE_LOG_EVENTS: boolean().default(false),
  TRACE_KEEP_ERRORS: boolean().default(false),
  TRACE_KEEP_SLOWER_MS: integer(0, MAX).optional(),
  ...propagateToVariable.shape,
})

const all = used.and(readByTheSdk).and(ownVariables)

/**
 * All that telemetry goes by: OpenTelemetry's variables, by the meaning that its specification gives them
 * (https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/ and
 * https://opentelemetry.io/docs/specs/otel/protocol/exporter/), and ours. What nothing reads may be bad.
 */
export const otelVariables = z
  .record(z.string(), z.string())
  .transform((given): unknown => withoutBadUnused(given, all))
  .pipe(
    all.superRefine((variables, context) => {
      for (const { name, expected } of misfitsOf(variables)) {
        context.addIssue({ code: 'custom', path: [name], message: expected })
      }
    }),
  )

/** OpenTelemetry's variables, parsed. */
export type OtelVariables = z.infer<typeof used>

/** OpenTelemetry's variables and ours, parsed. */
export type TelemetryVariables = z.infer<typeof otelVariables>

/** Names of methods (tokens, RFC 9110, section 9.1), separated by commas; their case counts. */
function methods(): z.ZodType<readonly string[]> {
  return z
    .string()
    .transform((list) => list.split(',').flatMap((name) => name.trim() || []))
    .pipe(z.array(z.string().regex(/^[\w!#$%&'*+.^`|~-]+$/, 'a list of HTTP methods')))
}

function otlp(prefix: string): Record<string, z.ZodType> {
  return {
    [`${prefix}_CERTIFICATE`]: readableFile(),
    [`${prefix}_CLIENT_KEY`]: readableFile(),
    [`${prefix}_CLIENT_CERTIFICATE`]: readableFile(),
  }
}

function readableFile(): z.ZodType {
  return z.string().refine(isReadable, 'the path of a file that can be read').optional()
}

function isReadable(path: string): boolean {
  try {
    accessSync(path, constants.R_OK)
    return true
  } catch {
    return false
  }
}

/** A check that the one is at most the other, or else `or`. */
function atMost<Name extends string>(
  name: Name,
  most: Name,
  or?: number,
): [(used: Record<Name, number>) => boolean, { path: Name[]; error: string }] {
  return [
    (used) => used[name] === or || used[name] <= used[most],
    { path: [name], error: `at most ${most}` },
  ]
}
