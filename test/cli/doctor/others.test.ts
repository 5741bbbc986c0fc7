import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { type TestContext, test } from 'node:test'
import { REGISTER } from '../../../src/throughline/settings/as-installed.ts'
import { ROOT } from '../command-process.ts'
import { appFolder, fakePackage } from './app-folder.ts'
import { examined } from './run-doctor.ts'

const startWith = (flags: string) => ({ scripts: { start: `node ${flags} server.js` } })
const OURS = '--import throughline/register'

test('register alone is first, in the script or in NODE_OPTIONS', async (t) => {
  const scripted = await examined(await appFolder(t))
  assert.equal(scripted.said('register'), 'ok | first, in the start script')
  const folder = await appFolder(t, { manifest: { scripts: { start: 'nest start' } } })
  const env = { NODE_OPTIONS: `--import ${join(ROOT, 'otel/register.ts')}` }
  const inherited = await examined(folder, { env })
  assert.equal(inherited.said('register'), 'ok | first, in NODE_OPTIONS')
  assert.match(inherited.said('telemetry'), /^ok/)
})

test('a start script without register is wrong, whatever it runs, unless that has it somewhere', async (t) => {
  const registerIn = async (scripts: object) => {
    return (await examined(await appFolder(t, { manifest: { scripts } }))).said('register')
  }
  for (const start of ['node --enable-source-maps server.js', 'nest start']) {
    const said = await registerIn({ start })
    assert.ok(
      said.startsWith(`wrong | neither in NODE_OPTIONS nor in the start script: ${start} |`),
    )
    assert.match(said, /start with node --import .*NODE_OPTIONS="--import/)
  }
  const start = `pm2-runtime server.js --node-args="--import ${REGISTER}"`
  assert.match(await registerIn({ start }), /^note \| somewhere in the start script: pm2/)
  assert.match(await registerIn({}), /^note \| .*there is no start script/)
})

test('what loads express before register is found out by its doing so', async (t) => {
  const folder = await appFolder(t, {
    manifest: { type: 'module', ...startWith(`--import ./early.js ${OURS}`) },
    files: { 'early.js': "import 'express'" },
  })
  const { said } = await examined(folder)
  assert.match(
    said('register'),
    /^wrong \| in the start script, after \.\/early\.js, which loads express \| put --import/,
  )
})

test('what comes before register and loads nothing does no harm', async (t) => {
  const folder = await appFolder(t, {
    manifest: startWith(`${OURS} --require ./late.cjs`),
    // And what goes on for ever does not keep the doctor waiting.
    files: { 'late.cjs': 'setInterval(() => {}, 1000)' },
  })
  const { said } = await examined(folder)
  assert.equal(said('register'), 'ok | in the start script, after ./late.cjs, which does no harm')
  assert.match(said('telemetry'), /^ok/)
})

test('an agent in NODE_OPTIONS that is not even there is named, and so is what the start makes of it', async (t) => {
  const folder = await appFolder(t)
  const { status, said } = await examined(folder, {
    env: { NODE_OPTIONS: '--require dd-trace/init' },
  })
  assert.equal(status, 1)
  assert.match(said('others'), /^wrong \| dd-trace\/init in NODE_OPTIONS, .* \| take it out/)
  assert.match(
    said('telemetry'),
    /^wrong \| .*ended with 1: .*Cannot find module 'dd-trace\/init' \| install it, or take it out/,
  )
  assert.match(said('register'), /^wrong \| in the start script, after dd-trace\/init/)
})

test('an agent that is only installed is a note, and what it brings is its own', async (t) => {
  const folder = await appFolder(t, {
    manifest: { dependencies: { express: '*', pino: '*', '@sentry/node': '10.1.0' } },
    files: {
      ...fakePackage('@sentry/node', {
        name: '@sentry/node',
        version: '10.1.0',
        dependencies: { '@opentelemetry/sdk-trace-base': '*' },
      }),
      ...fakePackage('@opentelemetry/sdk-trace-base', {
        name: '@opentelemetry/sdk-trace-base',
        version: '2.0.0',
      }),
      // Not a dependency of the app: a neighbour's in the workspace, or a tool's.
      ...fakePackage('newrelic', { name: 'newrelic', version: '13.0.0' }),
    },
  })
  const { said } = await examined(folder)
  assert.match(said('others'), /^note \| @sentry\/node 10\.1\.0 installed: see that/)
})

test('what these sources are made with is no other SDK of theirs', async () => {
  const { said } = await examined(resolve(ROOT))
  assert.equal(said('others'), 'ok | no other SDK or agent')
})

test('an SDK that registers first is named by what it takes', async (t) => {
  const { status, said } = await examined(await withVendorSdk(t, `--import ./tracing.ts ${OURS}`))
  assert.equal(status, 1)
  assert.match(said('telemetry'), /^wrong \| on, patches nothing \| .*VendorTracerProvider/)
  assert.match(said('traces'), /^note .*not tried, since another SDK has the spans$/)
  assert.match(said('register'), /^wrong .*after \.\/tracing\.ts/)
})

test('an agent without our register is not in its way', async (t) => {
  const folder = await appFolder(t, {
    manifest: startWith('--require newrelic'),
    files: fakePackage('newrelic', { name: 'newrelic', version: '13.0.0' }),
  })
  const { said } = await examined(folder)
  assert.equal(said('others'), 'note | newrelic in the start script, without our register')
})

test('an SDK that comes after ours is named too', async (t) => {
  const { said } = await examined(await withVendorSdk(t, `${OURS} --import ./tracing.ts`))
  assert.equal(said('register'), 'ok | first, in the start script')
  assert.match(said('telemetry'), /^wrong \| on, patches .* \| two SDKs.*take out .*tracing\.ts:7/)
})

test('an SDK in place of ours is no mistake, and nothing of ours is claimed', async (t) => {
  const { status, said } = await examined(await withVendorSdk(t, '--import ./tracing.ts'))
  assert.equal(status, 0)
  assert.match(
    said('register'),
    /^note \| not there, since VendorTracerProvider is, by \.\/tracing\.ts/,
  )
  assert.match(said('telemetry'), /^note \| another SDK's: VendorTracerProvider;/)
  assert.equal(said('traces'), 'note | not tried, since telemetry of ours did not start')
})

test('telemetry that the app starts in a module of its own needs no register', async (t) => {
  const own = `import { start } from ${JSON.stringify(join(ROOT, 'otel/index.ts'))}
    start()`
  const folder = await appFolder(t, {
    manifest: startWith('--import ./telemetry.ts'),
    files: { 'telemetry.ts': own },
  })
  const { said } = await examined(folder)
  assert.equal(said('register'), 'ok | not by that name: telemetry is started by ./telemetry.ts')
  assert.match(said('telemetry'), /^ok \| on, patches http, express, undici;/)
})

test('where what the start loads brings no telemetry, ours is tried, and missed', async (t) => {
  const folder = await appFolder(t, {
    manifest: startWith('--import ./other.js'),
    files: { 'other.js': '' },
  })
  const { said } = await examined(folder)
  assert.match(said('register'), /^wrong \| neither in NODE_OPTIONS nor in the start script/)
  assert.match(
    said('telemetry'),
    /^ok \| on once register is loaded, patches http, express, undici;/,
  )
})

test('copies of the API: a newer one sees nothing of ours, an older one does', async (t) => {
  const withCopy = (version: string) =>
    appFolder(t, {
      manifest: { dependencies: { express: '*', pino: '*', orm: '*', '@opentelemetry/api': '*' } },
      linked: ['express', 'pino', '@opentelemetry/api'],
      files: {
        ...fakePackage('orm', {
          name: 'orm',
          version: '1.0.0',
          dependencies: { '@opentelemetry/api': '*' },
        }),
        ...fakePackage('orm/node_modules/@opentelemetry/api', {
          name: '@opentelemetry/api',
          version,
        }),
      },
    })
  const newer = await examined(await withCopy('1.99.0'))
  assert.match(
    newer.said('api'),
    /^wrong \| 1\.99\.0 \(with orm\) does not see what is registered with 1\.10\.0 \| bring all/,
  )
  const older = await examined(await withCopy('1.8.0'))
  assert.match(
    older.said('api'),
    /^note \| 1\.10\.0, 1\.8\.0 \(with orm\): all see what 1\.10\.0 registers/,
  )
})

test('an older API that is there first keeps ours from seeing anything', async (t) => {
  const api = await readFile(join(ROOT, 'test/e2e/fixtures/other-api.ts'), 'utf8')
  const folder = await appFolder(t, {
    linked: ['express', 'pino', '@opentelemetry/api'],
    manifest: startWith(`--import ./first.ts ${OURS}`),
    files: { 'first.ts': api },
  })
  const { said } = await examined(folder)
  assert.match(said('api'), /^wrong \| 1\.10\.0 does not see what is registered with 1\.9\.0/)
  assert.match(
    said('telemetry'),
    /^wrong \| on, patches nothing \| another copy of the API was there first/,
  )
})

/** An app with an SDK of its own in tracing.ts, started with these flags. */
async function withVendorSdk(t: TestContext, flags: string): Promise<string> {
  return appFolder(t, {
    linked: ['express', 'pino', '@opentelemetry/api', '@opentelemetry/sdk-trace'],
    manifest: startWith(flags),
    files: { 'tracing.ts': await readFile(join(ROOT, 'test/e2e/fixtures/other-sdk.ts'), 'utf8') },
  })
}
