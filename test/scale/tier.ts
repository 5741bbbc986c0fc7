import type { TestContext } from 'node:test'
import { freeAddresses, portOf } from './addresses.ts'
import { startCassandra } from './cassandra.ts'
import { type Engines, enginesIn } from './engines/engines.ts'
import { deployed, scratchFolder } from './folder.ts'
import { startKafka } from './kafka.ts'
import { startOpenSearch } from './opensearch.ts'
import { type Part, startPart } from './part.ts'

type Variables = Readonly<Record<string, string>>

/** What samplers decide by; deploy/scale/sampler.yaml says what each means. */
export type Sampling = Partial<Record<'DECISION_WAIT' | 'SLOW_MS' | 'KEEP_PERCENT', string>>

export interface TierOptions {
  sampling?: Sampling
  /** Where traces are kept; Cassandra by default. */
  store?: 'cassandra' | 'opensearch'
  /** Whether the one Cassandra node keeps what it answered for when it is killed; three times as slow. */
  durable?: boolean
}

export type Tier = Awaited<ReturnType<typeof startTier>>

/**
 * The tier of deploy/scale on loopback and free ports, with its own configs:
 * gateways 1 and 2 -> samplers 1 and 2 -> Kafka -> ingesters 1 and 2 -> Cassandra or OpenSearch -> query.
 */
export async function startTier(t: TestContext, options: TierOptions = {}) {
  const { sampling = {}, store = 'cassandra', durable = false } = options
  const engines = enginesIn()
  const folder = await scratchFolder(t)
  const [kafka, { part: storePart, env: storeEnv }] = await Promise.all([
    startKafka(t, engines, folder),
    store === 'cassandra'
      ? startCassandra(t, engines, { folder, durable })
      : startOpenSearch(t, engines, folder),
  ])
  const addresses = await freeAddresses('sampler1', 'sampler2', 'gateway1', 'gateway2', 'ui')
  const queue = { KAFKA: kafka.address }
  const storage = `storage-${store}.yaml`

  const query = await jaeger(t, engines, 'query', ['query.yaml', storage], {
    ...storeEnv,
    QUERY_HTTP: addresses.ui,
    QUERY_GRPC: '127.0.0.1:0',
    JAEGER_UI_CONFIG: deployed('../../jaeger-ui.json'),
    JAEGER_UI_ASSETS: process.env.JAEGER_UI_ASSETS ?? '',
  })
  const ingester = (name: string) =>
    jaeger(t, engines, name, ['ingester.yaml', storage], { ...storeEnv, ...queue })
  const sampler = (name: 'sampler1' | 'sampler2') =>
    jaeger(t, engines, name, ['sampler.yaml'], {
      ...queue,
      ...sampling,
      OTLP_GRPC: addresses[name],
    })
  const gateway = (name: 'gateway1' | 'gateway2') =>
    collector(t, engines, name, {
      OTLP_HTTP: addresses[name],
      OTLP_GRPC: '127.0.0.1:0',
      SAMPLER_1: addresses.sampler1,
      SAMPLER_2: addresses.sampler2,
      QUEUE_DIRECTORY: `${folder}/${name}`,
    })
  const [ingester1, ingester2, sampler1, sampler2, gateway1, gateway2] = await Promise.all([
    ingester('ingester1'),
    ingester('ingester2'),
    sampler('sampler1'),
    sampler('sampler2'),
    gateway('gateway1'),
    gateway('gateway2'),
  ])
  return {
    ui: `http://${addresses.ui}`,
    /** Where apps send OTLP, a base URL a gateway. */
    gateways: [`http://${addresses.gateway1}`, `http://${addresses.gateway2}`] as const,
    parts: {
      gateway1,
      gateway2,
      sampler1,
      sampler2,
      kafka: kafka.part,
      ingester1,
      ingester2,
      store: storePart,
      query,
    } satisfies Record<string, Part>,
  }
}

async function jaeger(
  t: TestContext,
  engines: Engines,
  name: string,
  configs: readonly string[],
  env: Variables,
): Promise<Part> {
  return startCollector(t, { name, command: engines.jaeger, configs, env })
}

async function collector(t: TestContext, engines: Engines, name: string, env: Variables) {
  return startCollector(t, { name, command: engines.collector, configs: ['gateway.yaml'], env })
}

interface CollectorOptions {
  name: string
  command: string
  configs: readonly string[]
  env: Variables
}

async function startCollector(t: TestContext, { name, command, configs, env }: CollectorOptions) {
  const { health, metrics } = await freeAddresses('health', 'metrics')
  return startPart(t, {
    name,
    command,
    args: configs.flatMap((config) => ['--config', deployed(config)]),
    env: {
      HEALTH: health,
      METRICS_HOST: '127.0.0.1',
      METRICS_PORT: portOf(metrics),
      ...env,
    },
    ready: `http://${health}/status`,
  })
}
