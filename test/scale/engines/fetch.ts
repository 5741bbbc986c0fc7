// `eval "$(node test/scale/engines/fetch.ts)"`: builds Collectors from Go modules, fetches Kafka, Cassandra and OpenSearch from Maven
// and Kubernetes' schemas from PyPI, once, and prints where they are, as lines for a shell. What cannot be had is said
// on stderr with the reason.

import { existsSync } from 'node:fs'
import { cp, mkdir, mkdtemp, rename, rm } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { java17, jdk21 } from './javas.ts'
import { run } from './run.ts'

const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'throughline-tier')
const beside = (name: string) => fileURLToPath(new URL(name, import.meta.url))

await offer('JAVA_17', java17)
await offer('JDK_21', jdk21)
await offer('OTELCOL_BIN', () => built('gateway-0.161.0', 'gateway.yaml'))
await offer('OTELCOL_LOGS_BIN', () => built('logs-0.165.0', 'logs.yaml'))
await offer('KAFKA_JARS', () => made('kafka-4.4.0', jarsOf('kafka.xml')))
await offer('CASSANDRA_JARS', () => made('cassandra-5.0.9', jarsOf('cassandra.xml')))
await offer('OPENSEARCH_JARS', () => made('opensearch-3.1.0', jarsOf('opensearch.xml')))
await offer('KUBERNETES_VALIDATE', () => made('kubernetes-validate-1.37.0', schemas))

/** Prints the variable, unless its caller has set it already. */
async function offer(variable: string, find: () => Promise<string>): Promise<void> {
  const own = process.env[variable]
  if (own) return
  try {
    process.stdout.write(`export ${variable}='${await find()}'\n`)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    process.stderr.write(`no ${variable}: ${reason}\n`)
  }
}

/** The folder of this name in the cache, which `make` fills the first time; there only when it is whole. */
async function made(name: string, make: (folder: string) => Promise<void>): Promise<string> {
  const folder = join(cache, name)
  if (existsSync(folder)) return folder
  await mkdir(cache, { recursive: true })
  const unfinished = await mkdtemp(join(cache, `${name}.`))
  try {
    await make(unfinished)
    await rename(unfinished, folder)
  } finally {
    await rm(unfinished, { recursive: true, force: true })
  }
  return folder
}

/** A Collector of these components. */
async function built(name: string, components: string): Promise<string> {
  const folder = await made(`collector-${name}`, async (unfinished) => {
    await cp(beside(components), join(unfinished, 'components.yaml'))
    const builder = 'go.opentelemetry.io/collector/cmd/builder@v0.161.0'
    // One version of it builds several of the Collector.
    const flags = ['--config', 'components.yaml', '--skip-strict-versioning', '--ldflags=-s -w']
    await run('go', ['run', builder, ...flags], unfinished, { CGO_ENABLED: '0' })
  })
  return join(folder, 'otelcol')
}

/** The schemas of Kubernetes with a validator; for `python3 -m kubernetes_validate`. */
async function schemas(folder: string): Promise<void> {
  const flags = ['--quiet', '--disable-pip-version-check', '--target', folder]
  await run('python3', ['-m', 'pip', 'install', ...flags, 'kubernetes-validate==1.37.0'], folder)
}

function jarsOf(pom: string) {
  return (folder: string) =>
    run(
      'mvn',
      [
        '-q',
        '-B',
        '-f',
        beside(pom),
        'dependency:copy-dependencies',
        '-DincludeScope=runtime',
        `-DoutputDirectory=${folder}`,
      ],
      folder,
    )
}
