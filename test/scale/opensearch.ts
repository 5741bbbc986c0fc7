import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { fileURLToPath } from 'node:url'
import { freeAddresses, portOf } from './addresses.ts'
import type { Engines } from './engines/engines.ts'
import { startPart } from './part.ts'

const beside = (name: string) => fileURLToPath(new URL(`engines/${name}`, import.meta.url))

/** An OpenSearch node on free ports of loopback, with a heap of 512 MB. */
export async function startOpenSearch(
  t: TestContext,
  { opensearch, jdk }: Engines,
  folder: string,
) {
  const { http, transport } = await freeAddresses('http', 'transport')
  const url = `http://${http}`
  const part = await startPart(t, {
    name: 'opensearch',
    command: jdk,
    args: [
      '-Xms512m',
      '-Xmx512m',
      '-XX:MaxDirectMemorySize=256m',
      '--enable-native-access=ALL-UNNAMED',
      '--add-modules=jdk.incubator.vector',
      `-Dlog4j2.configurationFile=${beside('log4j2.properties')}`,
      '-cp',
      join(opensearch, '*'),
      beside('OpenSearchNode.java'),
      join(folder, 'opensearch'),
      portOf(http),
      portOf(transport),
    ],
    ready: url,
  })
  return { part, env: { OPENSEARCH: url } }
}
