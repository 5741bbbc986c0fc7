import assert from 'node:assert/strict'
import { readdir, readFile, realpath } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { askJoined } from './joined.ts'
import { type OwnedApp, ownedApp } from './owned-app.ts'
import { noRegistry } from './registry.ts'

const skip = await noRegistry()

test('pnpm installs it, with the pino of the app', { skip }, async (t) => {
  const shop = await ownedApp(t, {
    app: 'typescript',
    title: 'TypeScript, ESM, Express 5, pino 9, zod 3, vitest, by pnpm',
    manager: 'pnpm@10',
    install: 'pnpm install',
  })
  await shop.adopt('pnpm add ./throughline-0.1.0.tgz', 'pnpm build')
  await askOnce(shop, '/books/9780141187785')
  await shop.run('pnpm test')
})

test('yarn installs it', { skip }, async (t) => {
  const shop = await ownedApp(t, {
    app: 'commonjs',
    title: 'JavaScript, CommonJS, Express 4, winston, jest, by yarn 1',
    manager: 'yarn@1',
    install: 'yarn install',
  })
  await shop.adopt('yarn add ./throughline-0.1.0.tgz')
  await askOnce(shop, '/letters/7')
  await shop.run('yarn test')
})

async function askOnce(shop: OwnedApp, path: string): Promise<void> {
  const app = await shop.start()
  const { traceId } = await askJoined(app, path, 'abc-123')
  await shop.adopted()
  const { code, stderr } = await app.stop()
  assert.deepEqual([code, stderr], [0, ''])
  assert.deepEqual(
    app.spans.map((span) => span.traceId),
    [traceId],
  )
  const copies = await telemetryPackages(shop.folder)
  assert.deepEqual(copies, ['@opentelemetry/api'], 'one copy, and the rest is built in')
}

/** OpenTelemetry's packages in node_modules, each as often as there are copies; a link is none. */
async function telemetryPackages(folder: string): Promise<string[]> {
  const files = await readdir(join(folder, 'node_modules'), { recursive: true })
  const found = files.filter((path) => /@opentelemetry[/\\][^/\\]+[/\\]package\.json$/.test(path))
  const paths = found.map((path) => realpath(join(folder, 'node_modules', path)))
  const names = [...new Set(await Promise.all(paths))].map(async (path) =>
    String(JSON.parse(await readFile(path, 'utf8')).name),
  )
  return Promise.all(names)
}
