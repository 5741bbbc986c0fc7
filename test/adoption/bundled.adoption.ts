import assert from 'node:assert/strict'
import { test } from 'node:test'
import { assertTree } from '../e2e/span-tree.ts'
import { askJoined } from './joined.ts'
import { type OwnedApp, ownedApp } from './owned-app.ts'
import { noRegistry } from './registry.ts'

const skip = await noRegistry()

test('an app in one file, built by esbuild or tsup with its packages outside, has its routes on its spans', {
  skip,
}, async (t) => {
  const shop = await ownedApp(t, {
    app: 'bundled',
    title: 'TypeScript, one file by esbuild or tsup, Express 4, console',
  })
  await shop.run('npm test')
  await shop.adopt('npm install throughline-0.1.0.tgz', 'npm run build')
  await askForecast(shop)
  await shop.adopted()
  await shop.run('npm test')
  await shop.run('npx tsc')

  await shop.run('npm run build:tsup')
  await askForecast(shop)
})

test('an app that bundles its packages too keeps the ids, and is told once that express is missing from its spans', {
  skip,
}, async (t) => {
  const shop = await ownedApp(t, { app: 'bundled' })
  await shop.adopt('npm install throughline-0.1.0.tgz', 'npm run build:whole')
  const app = await shop.start()
  await askJoined(app, '/forecasts/Leeds', 'abc-123')
  await askJoined(app, '/forecasts/York', 'abc-124')
  const { code, stderr } = await app.stop()
  assert.deepEqual([code, stderr], [0, ''])
  const warnings = app.lines.filter(({ level }) => level === 40)
  assert.deepEqual(
    warnings.map(({ msg, unpatched }) => [msg, unpatched]),
    [['telemetry incomplete', ['express']]],
  )
  assert.match(String(warnings[0]?.reason), /esbuild: --external:express/)
  assertTree(app.spans, 'GET (server)\nGET (server)')
})

async function askForecast(shop: OwnedApp): Promise<void> {
  const app = await shop.start()
  const { spanId } = await askJoined(app, '/forecasts/Leeds', 'abc-123')
  const { code, stderr } = await app.stop()
  assert.deepEqual([code, stderr], [0, ''])
  assert.deepEqual(app.lines[0]?.patched, ['http', 'express', 'undici'])
  assertTree(app.spans, 'GET /forecasts/:town (server)')
  assert.equal(app.spans[0]?.spanId, spanId)
}
