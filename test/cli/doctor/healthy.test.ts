import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { test } from 'node:test'
import { promisify } from 'node:util'
import { startJaeger, withoutJaeger } from '../../jaeger/start-jaeger.ts'
import { runningViewer } from '../../viewer/running-viewer.ts'
import { ROOT } from '../command-process.ts'
import { appFolder } from './app-folder.ts'
import { examined } from './run-doctor.ts'

const run = promisify(execFile)

for (const type of ['module', 'commonjs']) {
  test(`an app of type ${type} with nothing wrong: its express is patched, and its trace arrives`, async (t) => {
    const { ui, otlp } = await runningViewer(t)
    const folder = await appFolder(t, { manifest: { type } })
    const env = { OTEL_EXPORTER_OTLP_ENDPOINT: otlp, TRACE_UI_URL: ui }
    const { status, report, said } = await examined(folder, { env })
    assert.deepEqual(
      report.findings.filter(({ state }) => state !== 'ok'),
      [],
    )
    assert.deepEqual([status, report.ok, report.folder], [0, true, folder])
    assert.equal(said('modules'), `ok | ${type === 'module' ? 'ES modules' : 'CommonJS'}`)
    assert.match(said('telemetry'), /on, patches http, express, undici; pino as it is/)
    assert.match(said('service'), /^ok \| shop, by .*package\.json$/)
    assert.equal(said('traces'), `ok | http/json to ${otlp}/v1/traces: taken`)
    const [, url = ''] = said('trace').split(' | ')
    assert.ok(url.startsWith(`${ui}/trace/`))
    assert.match(await (await fetch(url)).text(), /GET \/throughline-doctor/)
  })
}

test('it is said in a dozen lines, and by the real command with status 0', async (t) => {
  const { ui, otlp } = await runningViewer(t)
  const folder = await appFolder(t)
  const command = [join(ROOT, 'cli/main.ts'), 'doctor', '--ui', ui]
  const env = { PATH: process.env.PATH, OTEL_EXPORTER_OTLP_ENDPOINT: otlp }
  // Rejects where the status is another than 0.
  const { stdout, stderr } = await run(process.execPath, command, { cwd: folder, env })
  assert.equal(stderr, '')
  const lines = stdout.trimEnd().split('\n')
  assert.equal(lines.length, 12)
  assert.equal(lines[0], `✓ node       ${process.versions.node}`)
  assert.equal(lines.at(-1), 'Nothing to be done.')
})

test('a real Jaeger has the trace too', { skip: withoutJaeger() }, async (t) => {
  const { ui, otlp } = await startJaeger(t)
  const env = { OTEL_EXPORTER_OTLP_ENDPOINT: otlp, TRACE_UI_URL: ui }
  const { status, said } = await examined(await appFolder(t), { env })
  assert.equal(status, 0)
  assert.ok(said('trace').startsWith(`ok | ${ui}/trace/`))
})
