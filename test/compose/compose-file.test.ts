import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { z } from 'zod'
import { composeServices } from './compose-file.ts'

const services = composeServices()

for (const [name, service] of Object.entries(services)) {
  test(`${name} can neither write its files nor gain rights, and is bounded in memory and logs`, () => {
    assert.deepEqual(
      {
        read_only: service.read_only,
        cap_drop: service.cap_drop,
        security_opt: service.security_opt,
        restart: service.restart,
      },
      {
        read_only: true,
        cap_drop: ['ALL'],
        security_opt: ['no-new-privileges:true'],
        restart: 'unless-stopped',
      },
    )
    assert.match(String(service.mem_limit), /^\d+m$/)
    assert.deepEqual(service.logging, {
      driver: 'json-file',
      options: { 'max-size': '10m', 'max-file': '3' },
    })
  })

  test(`${name} is published on loopback alone`, () => {
    for (const port of service.ports) assert.match(port, /^127\.0\.0\.1:\d+:\d+$/)
  })
}

test('whoever has the ports in use picks others, and trace_url goes along', () => {
  const { app, jaeger } = composeServices({ APP_PORT: '3333', JAEGER_UI_PORT: '26686' })
  assert.deepEqual(app.ports, ['127.0.0.1:3333:3000'])
  assert.equal(jaeger.ports[0], '127.0.0.1:26686:16686')
  assert.equal(app.environment.TRACE_UI_URL, 'http://localhost:26686')
})

test('Redis is there in the profile of the queue alone, and only then the app waits for it', () => {
  const { redis, ...others } = services
  assert.deepEqual(redis.profiles, ['queue'])
  assert.match(redis.image, /^redis:\d+\.\d+\.\d+-alpine$/)
  for (const { profiles } of Object.values(others)) assert.deepEqual(profiles, [])
  const { depends_on } = z
    .object({ depends_on: z.record(z.string(), z.looseObject({})) })
    .parse(services.app)
  assert.deepEqual(depends_on.redis, { condition: 'service_healthy', required: false })
})

test('the app has the REDIS_URL of its caller, and none without', () => {
  assert.equal(services.app.environment.REDIS_URL, '')
  const { app } = composeServices({ REDIS_URL: 'redis://redis:6379' })
  assert.equal(app.environment.REDIS_URL, 'redis://redis:6379')
})

test('every link in the UI searches for the service that the app is called', () => {
  const Links = z.array(z.object({ url: z.string() }))
  const ui = z
    .object({ linkPatterns: Links, menu: Links })
    .parse(JSON.parse(read('jaeger-ui.json')))
  for (const { url } of [...ui.linkPatterns, ...ui.menu]) {
    const name = new URL(url, 'http://localhost').searchParams.get('service')
    assert.equal(name, services.app.environment.OTEL_SERVICE_NAME)
  }
})

test('the image runs on the Node that npm ci brings to the machine', () => {
  const { devDependencies } = z
    .object({ devDependencies: z.object({ node: z.string() }) })
    .parse(JSON.parse(read('package.json')))
  const bases = read('Dockerfile').match(/(?<=^FROM )\S+/gm)
  assert.deepEqual(new Set(bases), new Set([`node:${devDependencies.node}-slim`]))
})

function read(path: string): string {
  return readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')
}
