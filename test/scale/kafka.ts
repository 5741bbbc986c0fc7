import { execFile } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { freeAddresses } from './addresses.ts'
import type { Engines } from './engines/engines.ts'
import { deployed } from './folder.ts'
import { startPart } from './part.ts'

const execute = promisify(execFile)
const logging = fileURLToPath(new URL('engines/log4j2.properties', import.meta.url))

/** A Kafka node with deploy/scale/kafka.properties, on free ports of loopback, with a heap of 256 MB. */
export async function startKafka(t: TestContext, { kafka, java }: Engines, folder: string) {
  const { broker, controller } = await freeAddresses('broker', 'controller')
  const properties = join(folder, 'kafka.properties')
  const common = await readFile(deployed('kafka.properties'), 'utf8')
  const own = [
    `log.dirs=${join(folder, 'kafka')}`,
    `controller.quorum.voters=1@${controller}`,
    `listeners=PLAINTEXT://${broker},CONTROLLER://${controller}`,
    `advertised.listeners=PLAINTEXT://${broker}`,
  ]
  await writeFile(properties, `${common}\n${own.join('\n')}\n`)

  const jars = ['-cp', join(kafka, '*')]
  const format = ['kafka.tools.StorageTool', 'format', '-t', CLUSTER, '-c', properties]
  await execute(java, ['-Xmx128m', ...jars, ...format])
  const heap = ['-Xms256m', '-Xmx256m', '-XX:+ExitOnOutOfMemoryError']
  const part = await startPart(t, {
    name: 'kafka',
    command: java,
    args: [...heap, `-Dlog4j2.configurationFile=${logging}`, ...jars, 'kafka.Kafka', properties],
    ready: /Kafka Server started/,
  })
  return { part, address: broker }
}

/** Any id in base64 will do. */
const CLUSTER = '4L6g3nShT-eMCtK--X86sw'
