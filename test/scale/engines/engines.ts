/** What the tier is made of, where this machine has it: paths from the environment, set by `node test/scale/engines/fetch.ts`. */
export interface Engines {
  /** A Jaeger 2.20 binary. */
  jaeger: string
  /** A Collector with the components of gateway.yaml beside this file. */
  collector: string
  /** Folders of jars. */
  kafka: string
  cassandra: string
  /** A java of version 17: Cassandra starts on no newer one. */
  java: string
}

const VARIABLES = {
  jaeger: 'JAEGER_BIN',
  collector: 'OTELCOL_BIN',
  kafka: 'KAFKA_JARS',
  cassandra: 'CASSANDRA_JARS',
  java: 'JAVA_17',
} as const

/** Why tests with the whole tier are skipped, or false where the environment names all of it. */
export function withoutTier(env: NodeJS.ProcessEnv = process.env): string | false {
  const missing = Object.values(VARIABLES).filter((name) => !env[name])
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
    java: from(VARIABLES.java),
  }
}
