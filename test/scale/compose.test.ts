import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { promisify } from 'node:util'
import { parse } from 'yaml'
import { z } from 'zod'
import { composeServices } from '../compose/compose-file.ts'
import { deployed } from './folder.ts'

const execute = promisify(execFile)

const Value = z.union([z.string(), z.number(), z.boolean()]).transform(String)
const Service = z.looseObject({
  image: z.string().default('throughline'),
  ports: z.array(z.string()).default([]),
  environment: z.record(z.string(), Value).default({}),
  volumes: z.array(z.string()).default([]),
  mem_limit: z.string().default('0m'),
  scale: z.number().default(1),
})

/** The services of a file of deploy/scale, for a caller who sets no variable. */
function servicesOf(name: string) {
  const text = readFileSync(deployed(name), 'utf8').replace(/\$\{\w+:-([^}]*)\}/g, '$1')
  return z
    .object({ services: z.record(z.string(), Service) })
    .parse(parse(text, { merge: true, logLevel: 'silent' })).services
}
const services = servicesOf('compose.yaml')
const withLogs = [...Object.values(services), ...Object.values(servicesOf('logs.yaml'))]

for (const name of ['app', 'downstream'] as const) {
  test(`${name} differs from that of docker-compose.yml in values of OTEL_* alone`, () => {
    const here = services[name]?.environment ?? {}
    const there = composeServices()[name].environment
    const names = new Set([...Object.keys(here), ...Object.keys(there)])
    const others = [...names].filter(
      (variable) => here[variable] !== there[variable] && !variable.startsWith('OTEL_'),
    )
    // Orders over Redis, empty there, are no part of the tier.
    assert.deepEqual(others, name === 'app' ? ['REDIS_URL'] : [])
    assert.equal(services[name]?.image, composeServices()[name].image)
  })
}

test('all of it fits in 8 GB, with the logs', () => {
  const sizes = withLogs.map(({ mem_limit, scale }) => megabytes(mem_limit) * scale)
  const sum = sizes.reduce((a, b) => a + b)
  assert.ok(sum <= 8192, `${sum} MB`)
})

test('every image has a fixed version, and nothing is published beyond loopback', () => {
  for (const { image, ports } of withLogs) {
    assert.match(image, /^throughline$|:\d+\.\d+\.\d+$/)
    for (const port of ports) assert.match(port, /^127\.0\.0\.1:\d+:\d+$/)
  }
})

test('every file that is mounted is there', () => {
  const mounted = withLogs.flatMap(({ volumes }) =>
    volumes.filter((volume) => volume.startsWith('.')).map((volume) => volume.split(':')[0] ?? ''),
  )
  assert.ok(mounted.length > 8)
  const folder = dirname(deployed('compose.yaml'))
  for (const path of mounted) assert.ok(existsSync(join(folder, path)), path)
})

const skip = await withoutCompose()
for (const files of [[], ['opensearch.yaml'], ['logs.yaml']]) {
  test(`docker compose finds nothing wrong with ${['compose.yaml', ...files].join(' and ')}`, {
    skip,
  }, async () => {
    const flags = ['compose.yaml', ...files].flatMap((name) => ['--file', deployed(name)])
    await execute('docker', ['compose', ...flags, 'config', '--quiet'])
  })
}

/** Why docker compose is not asked, or false where it is there; it needs no engine for this. */
async function withoutCompose(): Promise<string | false> {
  try {
    await execute('docker', ['compose', 'version'])
    return false
  } catch {
    return 'needs the docker command with compose'
  }
}

function megabytes(limit: string): number {
  const [, number, unit] = /^(\d+)([mg])$/.exec(limit) ?? []
  return Number(number) * (unit === 'g' ? 1024 : 1)
}
