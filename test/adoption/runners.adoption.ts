import assert from 'node:assert/strict'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { askJoined } from './joined.ts'
import { type OwnedApp, ownedApp, type StartedApp } from './owned-app.ts'
import { noRegistry } from './registry.ts'

const skip = await noRegistry()

interface Runner {
  name: string
  command: string
  /** What its owner ends it with; SIGTERM where nothing is said. */
  signal?: NodeJS.Signals
  /** Its exit status then; 0 where nothing is said. */
  code?: number
  /** Of how many processes it is; one where nothing is said. */
  processes?: number
}

const NODEMON =
  'nodemon --quiet --signal SIGTERM --import throughline/register --watch dist dist/server.js'

const RUNNERS: Runner[] = [
  { name: 'tsx', command: 'tsx --import throughline/register server.ts' },
  { name: 'ts-node', command: 'ts-node --require throughline/register server.ts' },
  {
    name: 'node --watch',
    command: 'node --import throughline/register --watch-path dist dist/server.js',
  },
  // A terminal's Ctrl-C; of a SIGTERM to it alone its child hears nothing.
  { name: 'nodemon', command: NODEMON, signal: 'SIGINT', code: 130 },
  { name: 'pm2 in fork mode', command: 'pm2-runtime start fork.config.js --raw' },
  {
    name: 'pm2 in cluster mode',
    command: 'pm2-runtime start cluster.config.js --raw',
    processes: 2,
  },
]

test('whatever runs the app, its lines and spans have both identities, and one signal ends it in order', {
  skip,
}, async (t) => {
  const title = 'TypeScript, CommonJS, run by tsx, ts-node, nodemon, node --watch, pm2'
  const carousel = await ownedApp(t, { app: 'runners', title })
  await carousel.adopt('npm install throughline-0.1.0.tgz', 'npm run build')
  const started = await carousel.start()
  await assertJoined(started)
  await carousel.adopted()
  await started.stop()
  const env = { PM2_HOME: join(carousel.folder, '.pm2') }

  for (const { name, command, signal, code = 0, processes = 1 } of RUNNERS) {
    await t.test(name, async () => {
      const app = await carousel.start(env, command)
      await assertJoined(app)
      // One that is still starting has nothing to end in order.
      const listening = () => app.lines.filter(({ msg }) => msg === 'listening')
      await app.waitForLine(() => listening().length === processes)
      const ended = await app.stop(signal)
      assert.deepEqual([ended.code, ended.stderr], [code, ''])
      assertEnded(app, 'carousel')
    })
  }

  for (const { name, command, signal } of RUNNERS.filter(({ command }) => /watch/.test(command))) {
    await t.test(`${name}, which begins it anew when a file has changed`, async () => {
      const app = await carousel.start(env, command)
      const [{ pid: first } = {}] = app.lines
      await touch(carousel)
      await app.waitForLine(({ msg, pid }) => msg === 'listening' && pid !== first)
      const before = app.lines.filter(({ pid }) => pid === first)
      assert.equal(before.at(-1)?.msg, 'shutting down')
      await app.stop(signal)
    })
  }

  for (const [env, service] of [
    [{}, 'unknown_service:node'],
    [{ OTEL_SERVICE_NAME: 'merry-go-round' }, 'merry-go-round'],
  ] as const) {
    await t.test(`node in an image without package.json, as ${service}`, async () => {
      await carousel.run('mkdir -p ../image && cp -r node_modules dist/server.js ../image')
      const inImage = 'cd ../image && exec node --import throughline/register server.js'
      const app = await carousel.start(env, `sh -c '${inImage}'`)
      await assertJoined(app)
      const ended = await app.stop()
      assert.deepEqual([ended.code, ended.stderr], [0, ''])
      assertEnded(app, service)
    })
  }
})

async function assertJoined(app: StartedApp): Promise<void> {
  const { lines } = await askJoined(app, '/horses/7', 'abc-123')
  assert.deepEqual(
    lines.map(({ msg }) => msg),
    ['turning', 'request completed'],
  )
}

/**
 * That each of its processes said, last of all, that it ends, and nothing that somebody should look at; and that the
 * span was sent, though its batch would have left seconds later.
 */
function assertEnded({ lines, spans }: StartedApp, service: string): void {
  assert.deepEqual(
    lines.filter(({ level }) => level !== 30),
    [],
  )
  for (const pid of new Set(lines.map(({ pid }) => pid))) {
    assert.equal(lines.filter((line) => line.pid === pid).at(-1)?.msg, 'shutting down')
  }
  const [span] = spans
  assert.deepEqual(
    [span?.name, span?.attributes['correlation.id'], span?.resource['service.name']],
    ['GET /horses/:id', 'abc-123', service],
  )
}

async function touch({ folder }: OwnedApp): Promise<void> {
  const path = join(folder, 'dist/server.js')
  await writeFile(path, `${await readFile(path, 'utf8')}\n`)
}
