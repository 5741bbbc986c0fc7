// `node deploy/scale/kubernetes/collectors.ts` writes collectors.yaml: the tier as resources of the OpenTelemetry
// Operator, out of the configs one folder up. The operator reads ports out of a config, so variables become values here.
import { readFileSync, writeFileSync } from 'node:fs'
import { parse, stringify } from 'yaml'

const CONTRIB = 'otel/opentelemetry-collector-contrib:0.161.0'
const JAEGER = 'jaegertracing/jaeger:2.20.0'

/** Where the operators of Kafka and Cassandra put theirs: change these to yours. */
const PLACES = {
  KAFKA: 'tier-kafka-bootstrap:9092',
  CASSANDRA: 'tier-dc1-service:9042',
  CASSANDRA_DC: 'dc1',
  CASSANDRA_REPLICATION: '3',
  CASSANDRA_CONSISTENCY: 'LOCAL_QUORUM',
  SAMPLERS: 'sampler-collector-headless',
  // The image's own pages, without links of ours.
  JAEGER_UI_CONFIG: '',
}

interface Stage {
  name: string
  image: string
  replicas: number
  memory: string
  configs: readonly string[]
  values?: Readonly<Record<string, string>>
  more?: object
}

const STAGES: readonly Stage[] = [
  {
    name: 'gateway',
    image: CONTRIB,
    replicas: 2,
    memory: '512Mi',
    configs: ['gateway.yaml', 'gateway-dns.yaml'],
    more: {
      volumeMounts: [{ name: 'queue', mountPath: '/var/lib/otelcol' }],
      volumeClaimTemplates: [
        {
          metadata: { name: 'queue' },
          spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '2Gi' } } },
        },
      ],
    },
  },
  {
    name: 'sampler',
    image: JAEGER,
    replicas: 2,
    memory: '1Gi',
    configs: ['sampler.yaml'],
    values: { MEMORY_MIB: '800' },
  },
  {
    name: 'ingester',
    image: JAEGER,
    replicas: 2,
    memory: '512Mi',
    configs: ['ingester.yaml', 'storage-cassandra.yaml'],
  },
  {
    name: 'query',
    image: JAEGER,
    replicas: 2,
    memory: '512Mi',
    configs: ['query.yaml', 'storage-cassandra.yaml'],
    more: { ports: [{ name: 'ui', port: 16686 }] },
  },
]

const HEADER =
  '# Written by `node deploy/scale/kubernetes/collectors.ts` out of the configs one folder up: change those.\n'

/** The resources, as the text of collectors.yaml. */
export function collectors(): string {
  return HEADER + STAGES.map((stage) => stringify(collector(stage))).join('---\n')
}

function collector({ name, image, replicas, memory, configs, values = {}, more = {} }: Stage) {
  return {
    apiVersion: 'opentelemetry.io/v1beta1',
    kind: 'OpenTelemetryCollector',
    metadata: { name },
    spec: {
      mode: 'statefulset',
      image,
      replicas,
      resources: { requests: { cpu: '250m', memory }, limits: { memory } },
      // As long as a sampler takes to decide on what it holds.
      terminationGracePeriodSeconds: 60,
      podSecurityContext: { runAsNonRoot: true, runAsUser: 10001, fsGroup: 10001 },
      securityContext: {
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ['ALL'] },
      },
      ...more,
      config: configs.map((file) => read(file, { ...PLACES, ...values })).reduce(merged),
    },
  }
}

function read(file: string, values: Readonly<Record<string, string>>): unknown {
  const text = readFileSync(new URL(`../${file}`, import.meta.url), 'utf8')
  const plain = text.replace(
    /\$\{env:(\w+):-([^}]*)\}/g,
    (_, name, fallback) => values[name] ?? fallback,
  )
  return parse(plain)
}

/** As the Collector merges several `--config`: maps by key, all else by the later one; null takes a key out. */
function merged(base: unknown, over: unknown): unknown {
  if (!isMap(base) || !isMap(over)) return over
  const both = Object.entries(over).map(([key, value]) => [key, merged(base[key], value)])
  const all = { ...base, ...Object.fromEntries(both) }
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== null))
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

if (import.meta.main) writeFileSync(new URL('collectors.yaml', import.meta.url), collectors())
