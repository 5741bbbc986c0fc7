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
  image: z.string(),
  ports: z.array(z.string()).default([]),
  environment: z.record(z.string(), Value).default({}),
  volumes: z.array(z.string()).default([]),
  mem_limit: z.string(),
  scale: z.number().default(1),
})

/** The services of deploy/scale/compose.yaml, for a caller who sets no variable. */
const file = parse(
  readFileSync(deployed('compose.yaml'), 'utf8').replace(/\$\{\w+:-([^}]*)\}/g, '$1'),
  { merge: true },
)
const { services } = z.object({ services: z.record(z.string(), Service) }).parse(file)

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

test('all of it fits in 8 GB', () => {
  const sizes = Object.values(services).map(({ mem_limit, scale }) => megabytes(mem_limit) * scale)
  const sum = sizes.reduce((a, b) => a + b)
  assert.ok(sum <= 8192, `${sum} MB`)
})

test('every image has a fixed version, and nothing is published beyond loopback', () => {
  for (const { image, ports } of Object.values(services)) {
    assert.match(image, /^throughline$|:\d+\.\d+\.\d+$/)
    for (const port of ports) assert.match(port, /^127\.0\.0\.1:\d+:\d+$/)
  }
})

test('every file that is mounted is there', () => {
  const mounted = Object.values(services).flatMap(({ volumes }) =>
    volumes.filter((volume) => volume.startsWith('.')).map((volume) => volume.split(':')[0] ?? ''),
  )
  assert.ok(mounted.length > 8)
  const folder = dirname(deployed('compose.yaml'))
  for (const path of mounted) assert.ok(existsSync(join(folder, path)), path)
})

const skip = await withoutCompose()
for (const files of [['compose.yaml'], ['compose.yaml', 'opensearch.yaml']]) {
  test(`docker compose finds nothing wrong with ${files.join(' and ')}`, { skip }, async () => {
    const flags = files.flatMap((name) => ['--file', deployed(name)])
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
