import assert from 'node:assert/strict'
import { Server } from 'node:http'
import { createRequire } from 'node:module'
import { suite, type TestContext, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { diag, trace } from '@opentelemetry/api'
import { HttpInstrumentation } from '@opentelemetry/instrumentation-http'
import { TracerProvider } from '@opentelemetry/sdk-trace'
import { type SecondSdk, secondSdkIn, TwoSdks } from '../../../otel/patching/second-sdk.ts'

const API = 'Error: @opentelemetry/api: Attempted duplicate registration of API: context'
const NODE_SDK = `
    at registerGlobal (/app/node_modules/@opentelemetry/api/build/src/internal/global-utils.js:19:21)
    at NodeSDK.start (/app/node_modules/@opentelemetry/sdk-node/build/src/sdk.js:181:27)`
const LOADED = `
    at Module._compile (node:internal/modules/cjs/loader:1956:14)
    at Object.require.extensions.<computed> [as .ts] (/app/node_modules/tsx/dist/register.cjs:2:1)`

const STACKS: [string, string, SecondSdk | undefined][] = [
  [
    'a module of the app',
    `${API}${NODE_SDK}\n    at Object.<anonymous> (/app/telemetry.ts:4:5)${LOADED}`,
    { by: '@opentelemetry/sdk-node', at: '/app/telemetry.ts:4' },
  ],
  [
    'a module of the app on Windows',
    `${API}
    at registerGlobal (C:\\app\\node_modules\\@opentelemetry\\api\\build\\src\\internal\\global-utils.js:19:21)
    at NodeSDK.start (C:\\app\\node_modules\\@opentelemetry\\sdk-node\\build\\src\\sdk.js:181:27)
    at C:\\app\\telemetry.js:4:5`,
    { by: '@opentelemetry/sdk-node', at: 'C:\\app\\telemetry.js:4' },
  ],
  [
    'a package that starts by itself',
    `${API}${NODE_SDK}
    at Object.<anonymous> (/app/node_modules/vendor-agent/register.js:9:1)${LOADED}`,
    { by: 'vendor-agent', at: undefined },
  ],
  [
    'a package with an older copy of the API',
    `Error: @opentelemetry/api: Registration of version v1.10.0 for metrics does not match previously registered API v1.9.1${NODE_SDK}`,
    { by: '@opentelemetry/sdk-node', at: undefined },
  ],
  ['nobody', `Error: the exporter failed${NODE_SDK}`, undefined],
]

suite('what the API says of a second SDK tells who has started it', () => {
  for (const [who, message, second] of STACKS) {
    test(who, () => assert.deepEqual(secondSdkIn(message), second))
  }

  test('as the API itself says it', (t) => {
    const messages: string[] = []
    const error = (message: string) => messages.push(message)
    const ignored = () => {}
    diag.setLogger({ error, warn: ignored, info: ignored, debug: ignored, verbose: ignored })
    t.after(() => {
      trace.disable()
      diag.disable()
    })
    trace.setGlobalTracerProvider(new TracerProvider())
    trace.setGlobalTracerProvider(new TracerProvider())

    const [second] = messages.map(secondSdkIn)
    assert.equal(second?.by, undefined)
    assert.equal(second?.at?.replace(/:\d+$/, ''), fileURLToPath(import.meta.url))
  })
})

test('a second SDK is told of once, however many places it asks for', () => {
  const { said, twoSdks } = told()
  twoSdks.add({ by: 'vendor-agent', at: undefined })
  twoSdks.add({ by: 'vendor-agent', at: undefined })

  assert.equal(said.length, 1)
  assert.match(String(twoSdks.atStart()), /take out vendor-agent, or take out/)
})

test("what wraps node's servers for another end, as pm2 does for its metrics, is no second SDK", (t) => {
  wrapServers(t)
  assert.equal(told().twoSdks.atStart(), undefined)
})

test('a second SDK that comes after the start, and that nothing was heard of, is told of by its work', (t) => {
  const { said, twoSdks } = told()
  assert.equal(twoSdks.atStart(), undefined)
  twoSdks.sayLater()
  assert.deepEqual(said, [])

  const instrumentation = new HttpInstrumentation()
  createRequire(import.meta.url)('node:http')
  t.after(() => instrumentation.disable())
  wrapServers(t)
  twoSdks.sayLater()
  twoSdks.sayLater()

  assert.deepEqual(said, ['telemetry twice'])
  assert.match(String(twoSdks.atStart()), /take out @opentelemetry\/instrumentation-http/)
})

/** Puts a wrapper of nobody's SDK around what a server emits. */
function wrapServers(t: TestContext): void {
  const { prototype } = Server
  const { emit } = prototype
  const unwrap = () => {
    prototype.emit = emit
  }
  function wrapper(this: Server, ...args: unknown[]) {
    return Reflect.apply(emit, this, args)
  }
  prototype.emit = Object.assign(wrapper, { __original: emit, __unwrap: unwrap, __wrapped: true })
  t.after(unwrap)
}

function told() {
  const said: string[] = []
  return { said, twoSdks: new TwoSdks((_level, _fields, message) => said.push(message)) }
}
