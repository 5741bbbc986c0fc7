import { fileURLToPath } from 'node:url'

/** One set-up of the same app. */
export interface Variant {
  name: string
  /** Ours, a peer, or what both are measured against. */
  kind: 'base' | 'ours' | 'peer'
  /** What the server's process is given, seen from `cwd`, the server's file last. */
  args: readonly string[]
  cwd: string
  /** Its own environment where exports go to `sink`, a base URL. */
  env: (sink: string) => Record<string, string>
  /** The share of traces that it means to send. */
  sampled: number
  /** The package whose version the report names. */
  peer?: string
}

const BENCH = fileURLToPath(new URL('.', import.meta.url))
const ROOT = fileURLToPath(new URL('..', import.meta.url))

const base: Variant = {
  name: 'Express, pino, pino-http',
  kind: 'base',
  args: [`${BENCH}servers/base.ts`],
  cwd: ROOT,
  env: () => ({}),
  sampled: 0,
}

/** Ours, traced, with `env` besides; another server than that of the routes where one is named. */
export function ours(
  name: string,
  sampled: number,
  env: Record<string, string> = {},
  server = 'servers/ours.ts',
): Variant {
  return {
    name: `throughline: ${name}`,
    kind: 'ours',
    args: ['--import', './otel/register.ts', BENCH + server],
    cwd: ROOT,
    env: (sink) => ({ OTEL_EXPORTER_OTLP_ENDPOINT: sink, ...env }),
    sampled,
  }
}

interface Peer {
  folder: string
  args: string[]
  env?: (sink: string) => Record<string, string>
}

/** A peer as its documentation sets it up for an app in ES modules. */
function peer(name: string, { folder, args, env = toSink }: Peer): Variant {
  return {
    name,
    kind: 'peer',
    args: [...args, `${BENCH}servers/base.ts`],
    cwd: `${BENCH}peers/${folder}`,
    env,
    sampled: 1,
    peer: name,
  }
}

const toSink = (sink: string) => ({
  OTEL_EXPORTER_OTLP_ENDPOINT: sink,
  OTEL_SERVICE_NAME: 'bench',
  // All but those that would ask a cloud's metadata service, which no bench has.
  OTEL_NODE_RESOURCE_DETECTORS: 'env,host,os,process,serviceinstance',
})

const LOADER = '--experimental-loader=@opentelemetry/instrumentation/hook.mjs'

/** The environment in which the head takes this share of the traces. */
function head(ratio: string): Record<string, string> {
  return { OTEL_TRACES_SAMPLER: 'parentbased_traceidratio', OTEL_TRACES_SAMPLER_ARG: ratio }
}

/** Everything that is measured; the first is what the others are compared with. */
export const VARIANTS: readonly [Variant, ...Variant[]] = [
  base,
  { ...base, name: 'the same, with lines as lean as ours', env: () => ({ LEAN_LINES: '1' }) },
  { ...ours('correlation only', 0), args: [`${BENCH}servers/ours.ts`] },
  ours('SDK disabled', 0, { OTEL_SDK_DISABLED: 'true' }),
  ours('all sampled', 1),
  ours('head 10 %', 0.1, head('0.1')),
  ours('metrics too', 1, { OTEL_METRICS_EXPORTER: 'otlp' }),
  ours('logs over OTLP too', 1, { OTEL_LOGS_EXPORTER: 'otlp' }),
  peer('@opentelemetry/auto-instrumentations-node', {
    folder: 'auto-instrumentations',
    args: ['--import', '@opentelemetry/auto-instrumentations-node/register', LOADER],
  }),
  peer('@elastic/opentelemetry-node', {
    folder: 'elastic',
    args: ['--import', '@elastic/opentelemetry-node'],
  }),
  peer('dd-trace', {
    folder: 'datadog',
    args: ['--import', 'dd-trace/initialize.mjs'],
    env: (sink) => ({ DD_TRACE_AGENT_URL: sink, DD_SERVICE: 'bench' }),
  }),
  peer('@splunk/otel', {
    folder: 'splunk',
    args: ['--import', '@splunk/otel/instrument.js', LOADER],
  }),
  peer('autotel', { folder: 'autotel', args: ['--import', 'autotel/auto'] }),
  peer('@sentry/node', {
    folder: 'sentry',
    args: ['--import', './instrument.mjs'],
    env: (sink) => ({ SENTRY_DSN: `${sink.replace('//', '//public@')}/1` }),
  }),
]

const KEPT = { ...head('0.01'), TRACE_KEEP_ERRORS: 'true', TRACE_KEEP_SLOWER_MS: '1000' }

/** What production may set. */
export const PRODUCTION: typeof VARIANTS = [
  base,
  ours('all sampled', 1),
  ours('head 1 %', 0.01, head('0.01')),
  ours('head 1 %, kept for cause', 0.01, KEPT),
  ours('head 1 %, kept for cause, lines too', 0.01, { ...KEPT, LOG_LEVEL_ON_FAILURE: 'debug' }),
]
