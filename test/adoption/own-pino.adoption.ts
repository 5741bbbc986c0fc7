import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import type { Line } from '../e2e/follow-process.ts'
import { askJoined } from './joined.ts'
import { type OwnedApp, ownedApp } from './owned-app.ts'
import { noRegistry } from './registry.ts'

const skip = await noRegistry()

/** The same, where the app leaves the logger to Throughline and says how it wants it. */
const WITH_OPTIONS = `
import { throughline } from 'throughline'
import { options } from './logger-options.js'

export const { logger, requests, errors, closeInOrder } = throughline({ logger: OPTIONS })
`
const WITH_TRANSPORT = "{ ...options, transport: { target: './transport.js' } }"

for (const version of ['8', '9', '10']) {
  test(`all that a logger of pino ${version} says survives, or that its options say, the identities on top`, {
    skip,
  }, async (t) => {
    const shop = await ownedApp(t, {
      app: 'own-pino',
      title: 'JavaScript, ESM, Express 5, pino 8, 9, 10 with a transport',
      install: `npm install pino@${version}`,
    })
    await shop.adopt('npm install throughline-0.1.0.tgz')
    const pino = await shop.run(`node -p "require('pino/package.json').version"`)
    assert.match(pino, new RegExp(`^${version}\\.`))
    const lines = await sell(shop)
    for (const line of lines) assert.equal(line.transport, 'ours')

    const file = join(shop.folder, 'logger.js')
    await writeFile(file, WITH_OPTIONS.replace('OPTIONS', WITH_TRANSPORT))
    for (const line of await sell(shop)) assert.equal(line.transport, 'ours')
    await writeFile(file, WITH_OPTIONS.replace('OPTIONS', 'options'))
    await sell(shop)
  })
}

test("an app without a pino of its own has pino's options all the same, but for a transport, which is refused", {
  skip,
}, async (t) => {
  const shop = await ownedApp(t, { app: 'own-pino' })
  await shop.adopt('npm install throughline-0.1.0.tgz')
  await shop.run('npm remove pino')
  const file = join(shop.folder, 'logger.js')
  await writeFile(file, WITH_OPTIONS.replace('OPTIONS', 'options'))
  await sell(shop)
  await writeFile(file, WITH_OPTIONS.replace('OPTIONS', WITH_TRANSPORT))
  await assert.rejects(
    shop.run('npm start'),
    /option transport needs pino itself: npm install pino/,
  )
})

/** Sells a rope and fails to sell another, asserts what the app's own logger says of both, and gives all lines. */
async function sell(shop: OwnedApp): Promise<Line[]> {
  const app = await shop.start({ LOG_LEVEL_ON_FAILURE: 'trace' })
  const { lines } = await askJoined(app, '/ropes/12', 'abc-123')
  await shop.adopted()
  const failed = await askJoined(app, '/ropes/101', 'abc-124')
  const { code, stderr } = await app.stop()
  assert.deepEqual([code, stderr], [0, ''])
  const [sold, completed] = lines
  const { msg, level, severity, name, region, tenant, clerk, rope, card, buyer } = sold ?? {}
  assert.deepEqual(
    { msg, level, severity, name, region, tenant, clerk, rope, card, buyer },
    {
      msg: 'sold',
      level: 35,
      severity: 'audit',
      name: 'chandlery',
      region: 'eu',
      tenant: 'blue',
      clerk: 'Ida',
      rope: '12 m',
      card: '[Redacted]',
      buyer: { email: '[Redacted]' },
    },
  )
  assert.deepEqual(
    [completed?.msg, completed?.severity, completed?.tenant, completed?.region],
    ['request completed', 'info', 'blue', 'eu'],
  )
  const [measured, ...rest] = failed.lines
  assert.deepEqual(
    rest.map((line) => line.msg),
    ['request failed', 'request completed'],
  )
  assert.deepEqual(
    [measured?.msg, measured?.level, measured?.severity, measured?.tenant, measured?.clerk],
    ['measured', 10, 'trace', 'blue', 'Ida'],
  )
  assert.deepEqual(
    [measured?.rope, measured?.card, measured?.buyer],
    ['101 m', '[Redacted]', { email: '[Redacted]' }],
  )
  return app.lines
}
