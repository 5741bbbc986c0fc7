import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { runningViewer } from '../../../viewer/running-viewer.ts'
import { ROOT } from '../../command-process.ts'
import { appFolder, fakePackage } from '../app-folder.ts'
import { examined } from '../run-doctor.ts'

test('every express that a dependency brings is loaded, and counts as found', async (t) => {
  const folder = await appFolder(t, {
    manifest: { dependencies: { pino: '*', platform: '*' } },
    linked: ['pino'],
    files: {
      ...fakePackage('platform', {
        name: 'platform',
        version: '1.0.0',
        dependencies: { express: '*' },
      }),
      ...fakePackage(
        'platform/node_modules/express',
        { name: 'express', version: '4.22.1' },
        `module.exports = require(${JSON.stringify(join(ROOT, 'node_modules/express4'))})`,
      ),
    },
  })
  const { ui, otlp } = await runningViewer(t)
  const env = { OTEL_EXPORTER_OTLP_ENDPOINT: otlp, TRACE_UI_URL: ui }
  const { said } = await examined(folder, { env })
  assert.equal(said('express'), 'ok | 4.22.1 (with platform)')
  assert.match(said('telemetry'), /^ok \| on, patches http, express, undici;/)
  // Its routes have names, so it is what serves.
  const [, url = ''] = said('trace').split(' | ')
  assert.match(await (await fetch(url)).text(), /GET \/throughline-doctor/)
})

test('an Express that nobody understands is wrong', async (t) => {
  const folder = await appFolder(t, {
    manifest: { dependencies: { express: '*' } },
    linked: [],
    files: fakePackage('express', { name: 'express', version: '3.21.2' }, 'throw new Error("old")'),
  })
  const { said } = await examined(folder)
  assert.match(said('express'), /^wrong \| 3\.21\.2 \| take Express 4 or 5/)
  assert.match(
    said('telemetry'),
    /^wrong \| on, .* but does not get to express \(old\) \| install it anew/,
  )
})

test('an express that stands in no folder of the app, as with yarn, is found by loading it', async (t) => {
  const folder = await appFolder(t, { linked: [] })
  const { said } = await examined(folder, { env: { NODE_PATH: join(ROOT, 'node_modules') } })
  assert.equal(said('express'), 'note | one in no node_modules of the app')
})
