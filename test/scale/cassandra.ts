import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { fileURLToPath } from 'node:url'
import { freeAddresses, portOf } from './addresses.ts'
import type { Engines } from './engines/engines.ts'
import { startPart } from './part.ts'

const beside = (name: string) => fileURLToPath(new URL(`engines/${name}`, import.meta.url))

/** A Cassandra node on free ports of loopback, with a heap of 512 MB. */
export async function startCassandra(
  t: TestContext,
  { cassandra, java }: Engines,
  { folder, durable }: { folder: string; durable: boolean },
) {
  const { cql, gossip } = await freeAddresses('cql', 'gossip')
  const home = join(folder, 'cassandra')
  await mkdir(home)
  const config = join(home, 'cassandra.yaml')
  await writeFile(config, JSON.stringify(node({ home, cql, gossip, durable }))) // JSON is YAML
  const agent = (await readdir(cassandra)).find((name) => name.startsWith('jamm-'))
  if (agent === undefined) throw new Error(`no jamm-*.jar in CASSANDRA_JARS=${cassandra}`)
  const part = await startPart(t, {
    name: 'cassandra',
    command: java,
    args: [
      `@${beside('cassandra.options')}`,
      `-Dcassandra.config=file://${config}`,
      `-Dcassandra.storagedir=${home}`,
      `-Dcassandra.logdir=${home}`,
      `-Dlogback.configurationFile=${beside('logback.xml')}`,
      `-javaagent:${join(cassandra, agent)}`,
      '-cp',
      join(cassandra, '*'),
      'org.apache.cassandra.service.CassandraDaemon',
    ],
    ready: /Starting listening for CQL clients/,
  })
  return { part, env: { CASSANDRA: cql } }
}

/** A write is answered once it is on disk, so that a node that is killed has all that it answered for. */
const DURABLE = { commitlog_sync: 'group', commitlog_sync_group_window: '2ms' }
/** Cassandra's default: a node that is killed loses its last 0.1 s, and one relies on the replicas. */
const QUICK = { commitlog_sync: 'periodic', commitlog_sync_period: '10000ms' }

interface Node {
  home: string
  cql: string
  gossip: string
  durable: boolean
}

function node({ home, cql, gossip, durable }: Node): object {
  return {
    cluster_name: 'jaeger',
    num_tokens: 16,
    partitioner: 'org.apache.cassandra.dht.Murmur3Partitioner',
    endpoint_snitch: 'SimpleSnitch',
    listen_address: '127.0.0.1',
    rpc_address: '127.0.0.1',
    storage_port: Number(portOf(gossip)),
    native_transport_port: Number(portOf(cql)),
    seed_provider: [
      {
        class_name: 'org.apache.cassandra.locator.SimpleSeedProvider',
        parameters: [{ seeds: gossip }],
      },
    ],
    ...(durable ? DURABLE : QUICK),
    commitlog_segment_size: '16MiB',
    data_file_directories: [join(home, 'data')],
    commitlog_directory: join(home, 'commitlog'),
    saved_caches_directory: join(home, 'saved_caches'),
    hints_directory: join(home, 'hints'),
    memtable_heap_space: '128MiB',
    memtable_offheap_space: '128MiB',
    file_cache_size: '64MiB',
    key_cache_size: '16MiB',
    concurrent_reads: 8,
    concurrent_writes: 64,
    concurrent_compactors: 1,
    read_request_timeout: '15s',
    range_request_timeout: '15s',
    write_request_timeout: '15s',
    request_timeout: '30s',
    auto_snapshot: false,
  }
}
