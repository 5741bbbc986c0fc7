/** What the tier is made of, where this machine has it: paths from the environment, set by `node test/scale/engines/fetch.ts`. */
export interface Engines {
  /** A Jaeger 2.20 binary. */
  jaeger: string
  /** A Collector with the components of gateway.yaml beside this file. */
  collector: string
  /** Folders of jars. */
  kafka: string
  cassandra: string
  opensearch: string
  /** A java of version 17: Cassandra starts on no newer one. */
  java: string
  /** A java of version 21 or later, with its compiler: OpenSearch starts on no older one. */
  jdk: string
}

const VARIABLES = {
  jaeger: 'JAEGER_BIN',
  collector: 'OTELCOL_BIN',
  kafka: 'KAFKA_JARS',
  cassandra: 'CASSANDRA_JARS',
  opensearch: 'OPENSEARCH_JARS',
  java: 'JAVA_17',
  jdk: 'JDK_21',
} as const

const EVERY_TIER = ['jaeger', 'collector', 'kafka', 'java'] as const
const STORES = { cassandra: ['cassandra'], opensearch: ['opensearch', 'jdk'] } as const

/** Why tests with the whole tier on this store are skipped, or false where the environment names all of it. */
export function withoutTier(
  store: keyof typeof STORES = 'cassandra',
  env: NodeJS.ProcessEnv = process.env,
): string | false {
  const needed = [...EVERY_TIER, ...STORES[store]].map((part) => VARIABLES[part])
  const missing = needed.filter((name) => !env[name])
  if (missing.length === 0) return false
  return `needs ${missing.join(', ')}: eval "$(node test/scale/engines/fetch.ts)" fetches what it can`
}

export function enginesIn(env: NodeJS.ProcessEnv = process.env): Engines {
  const from = (name: string) => env[name] ?? ''
  return {
    jaeger: from(VARIABLES.jaeger),
    collector: from(VARIABLES.collector),
    kafka: from(VARIABLES.kafka),
    cassandra: from(VARIABLES.cassandra),
    opensearch: from(VARIABLES.opensearch),
    java: from(VARIABLES.java),
    jdk: from(VARIABLES.jdk),
  }
}
