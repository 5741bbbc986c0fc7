import { execFile } from 'node:child_process'
import { tmpdir } from 'node:os'
import { test } from 'node:test'
import { promisify } from 'node:util'
import { withoutJaeger } from '../jaeger/start-jaeger.ts'
import { enginesIn } from './engines/engines.ts'
import { deployed } from './folder.ts'

const execute = promisify(execFile)
const { jaeger, collector } = enginesIn()

for (const configs of [
  ['sampler.yaml'],
  ...['cassandra', 'opensearch'].flatMap((store) => [
    ['ingester.yaml', `storage-${store}.yaml`],
    ['query.yaml', `storage-${store}.yaml`],
  ]),
]) {
  test(
    `jaeger finds nothing wrong with ${configs.join(' and ')}`,
    {
      skip: withoutJaeger(),
    },
    () => validate(jaeger, configs),
  )
}

for (const configs of [['gateway.yaml'], ['gateway.yaml', 'gateway-dns.yaml']]) {
  test(
    `the collector finds nothing wrong with ${configs.join(' and ')}`,
    {
      skip: collector === '' && 'needs OTELCOL_BIN: see test/scale/engines/fetch.ts',
    },
    () => validate(collector, configs),
  )
}

async function validate(binary: string, configs: readonly string[]): Promise<void> {
  const flags = configs.flatMap((name) => ['--config', deployed(name)])
  await execute(binary, ['validate', ...flags], { env: { QUEUE_DIRECTORY: tmpdir() } })
}
