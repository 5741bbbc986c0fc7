import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { readConfig } from '../../src/config.ts'

const DEFAULTS = {
  port: 3000,
  host: undefined,
  logLevel: 'info',
  downstreamUrl: undefined,
  redisUrl: undefined,
}

test('an empty environment gives the defaults, and so do empty variables and those of others', () => {
  assert.deepEqual(readConfig({}), DEFAULTS)
  const names = ['PORT', 'HOST', 'LOG_LEVEL', 'DOWNSTREAM_URL', 'REDIS_URL', 'TRACE_UI_URL']
  const times = ['SHUTDOWN_TIMEOUT_MS', 'SHUTDOWN_DRAIN_MS']
  const empty = Object.fromEntries([...names, ...times].map((name) => [name, '']))
  assert.deepEqual(readConfig({ ...empty, PATH: '/bin', PORTS: 'x' }), DEFAULTS)
})

test('every variable does what it says', () => {
  const config = readConfig({
    PORT: '0',
    HOST: '127.0.0.1',
    LOG_LEVEL: 'Silent',
    DOWNSTREAM_URL: 'http://stock.internal/echo?x=1',
    REDIS_URL: 'rediss://me:secret@redis.internal:6380/2',
  })

  assert.deepEqual(config, {
    port: 0,
    host: '127.0.0.1',
    logLevel: 'silent',
    downstreamUrl: 'http://stock.internal/echo?x=1',
    redisUrl: 'rediss://me:secret@redis.internal:6380/2',
  })
})

suite('a bad value stops the start, with its name, what it is and what is allowed', () => {
  const bad = [
    ['PORT', '70000', 'a whole number from 0 to 65535'],
    ['PORT', 'http', 'a whole number from 0 to 65535'],
    ['LOG_LEVEL', 'verbose', 'one of trace, debug, info, warn, error, fatal, silent'],
    ['DOWNSTREAM_URL', 'localhost:3000', 'an http:// or https:// URL'],
    ['REDIS_URL', 'localhost:6379', 'a redis:// or rediss:// URL'],
    ['REDIS_URL', 'http://localhost:6379', 'a redis:// or rediss:// URL'],
    ['TRACE_UI_URL', '/jaeger', 'an http:// or https:// URL'],
    ['LOG_LEVEL_ON_FAILURE', 'all', 'one of trace, debug, info, warn, error, fatal, silent'],
    ['SHUTDOWN_TIMEOUT_MS', '999', 'a whole number from 1000 to 86400000'],
    ['SHUTDOWN_DRAIN_MS', '-1', 'a whole number from 0 to 86400000'],
    ['SHUTDOWN_DRAIN_MS', '9501', 'at most SHUTDOWN_TIMEOUT_MS less 500'],
  ] as const
  for (const [name, value, allowed] of bad)
    test(`${name}=${value}`, () => {
      assert.throws(() => readConfig({ [name]: value }), {
        name: 'BadEnvironment',
        message: `${name}="${value}": expected ${allowed}`,
      })
    })

  test('and all of them are named together', () => {
    assert.throws(
      () => readConfig({ PORT: 'x', LOG_LEVEL: 'y', SHUTDOWN_DRAIN_MS: 'z' }),
      /^BadEnvironment: PORT=.*; LOG_LEVEL=.*; SHUTDOWN_DRAIN_MS=/,
    )
  })
})

test('a default that does not fit what was set is named as such', () => {
  assert.throws(() => readConfig({ SHUTDOWN_TIMEOUT_MS: '1200' }), {
    message: 'SHUTDOWN_DRAIN_MS=(its default): expected at most SHUTDOWN_TIMEOUT_MS less 500',
  })
})

for (const [name, url] of [
  ['DOWNSTREAM_URL', 'ftp://user:secret@host/'],
  ['REDIS_URL', 'amqp://user:secret@host'],
  ['REDIS_URL', 'redis:/user:secret@host '],
] as const) {
  test(`credentials in a bad ${name} are not shown: ${url.split(':')[0]}`, () => {
    assert.throws(
      () => readConfig({ [name]: url }),
      (error: Error) => !error.message.includes('secret') && error.message.includes(name),
    )
  })
}
