import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { examine } from '../../../cli/doctor/examine.ts'
import { runningViewer } from '../../viewer/running-viewer.ts'
import { isRunning } from '../command-process.ts'
import { fakeTerminal } from '../fake-terminal.ts'
import { appFolder, GOOD_START } from './app-folder.ts'
import { doctorEnv, examined, runDoctor } from './run-doctor.ts'

test('telemetry that is switched off is said to be, and nothing is claimed', async (t) => {
  const { status, said } = await examined(await appFolder(t), {
    env: { OTEL_SDK_DISABLED: 'true' },
  })
  assert.equal(status, 1)
  assert.match(
    said('telemetry'),
    /^wrong \| off: OTEL_SDK_DISABLED is true \| unset OTEL_SDK_DISABLED/,
  )
  assert.match(said('traces'), /^note \| not tried/)
  assert.equal(said('trace'), 'note | not looked for, since none was sent')
})

test('a bad variable is reported in the sentence that stops the start', async (t) => {
  const folder = await appFolder(t)
  const { status, said } = await examined(folder, { env: { OTEL_TRACES_SAMPLER: 'sometimes' } })
  assert.equal(status, 1)
  assert.match(
    said('telemetry'),
    /^wrong \| Cannot start: OTEL_TRACES_SAMPLER="sometimes": expected one of/,
  )
  assert.equal(said('service'), 'note | not known')
})

test('the .env beside package.json counts, also where it is called in a folder below', async (t) => {
  const { ui, otlp } = await runningViewer(t)
  const env = `OTEL_EXPORTER_OTLP_ENDPOINT=${otlp}\nTRACE_UI_URL=${ui}\nOTEL_SERVICE_NAME=from-file\n`
  const folder = await appFolder(t, { files: { '.env': env, 'src/server.js': '' } })
  const { status, report, said } = await examined(join(folder, 'src'), {
    // Empty counts as unset, but for a file it is set.
    env: { OTEL_EXPORTER_OTLP_ENDPOINT: otlp },
  })
  assert.deepEqual([status, report.folder], [0, folder])
  assert.equal(said('service'), 'ok | from-file, by OTEL_SERVICE_NAME')
  assert.ok(said('trace').startsWith(`ok | ${ui}/trace/`))
})

test('the name of the service and what gives it', async (t) => {
  const attributes = { OTEL_RESOURCE_ATTRIBUTES: 'service.name=by-attributes' }
  const named = await appFolder(t)
  const said = async (folder: string, env = {}) => (await examined(folder, { env })).said('service')
  assert.equal(await said(named), `ok | shop, by ${join(named, 'package.json')}`)
  assert.equal(await said(named, attributes), 'ok | by-attributes, by OTEL_RESOURCE_ATTRIBUTES')
  const both = { ...attributes, OTEL_SERVICE_NAME: 'by-name' }
  assert.equal(await said(named, both), 'ok | by-name, by OTEL_SERVICE_NAME')
  const start = `OTEL_SERVICE_NAME=by-script ${GOOD_START}`
  const scripted = await appFolder(t, { manifest: { scripts: { start } } })
  assert.equal(await said(scripted), 'ok | by-script, by OTEL_SERVICE_NAME')
  const nameless = await appFolder(t, { manifest: { name: undefined } })
  assert.match(
    await said(nameless),
    /^wrong \| unknown_service:node: nothing names it \| .*OTEL_SERVICE_NAME/,
  )
})

test('a start that never ends is ended, and reported', async (t) => {
  const endless = `import { writeFileSync } from 'node:fs'
    writeFileSync('pid', String(process.pid))
    setInterval(() => {}, 1000)
    await new Promise(() => {})`
  const start = 'node --import ./endless.mjs --import throughline/register server.js'
  const folder = await appFolder(t, {
    manifest: { scripts: { start } },
    files: { 'endless.mjs': endless },
  })
  const patience = { ...fakeTerminal(), waitMs: 0, everyMs: 1 }
  const how = { called: folder, env: doctorEnv(), ui: undefined, limitMs: 5000, patience }
  const { findings } = await examine(how)
  const telemetry = findings.find(({ about }) => about === 'telemetry')
  assert.equal(telemetry?.state, 'wrong')
  assert.match(telemetry.found, /did not end, and was ended$/)
  assert.match(telemetry.todo ?? '', /^look for what never ends/)
  const pid = Number(await readFile(join(folder, 'pid'), 'utf8'))
  assert.equal(isRunning(pid), false)
})

test('a folder without package.json is not the folder of an app', async (t) => {
  const folder = await appFolder(t, { linked: [] })
  const { said } = await examined('/')
  assert.match(
    said('modules'),
    /^wrong \| no package\.json in \/ or above \| run this in the folder/,
  )
  const empty = await examined(folder)
  assert.match(empty.said('express'), /^wrong \| none that the app could load/)
  assert.match(empty.said('pino'), /^note \| none of its own/)
  assert.match(empty.said('telemetry'), /^ok \| on, patches http, undici;/)
})

test('a terminal only shows what others wrote, and a program reads all of it', async (t) => {
  const folder = await appFolder(t, { manifest: { name: 'sh\u001b[31m\u202eop' } })
  const { stdout } = await runDoctor(folder)
  assert.match(stdout, /sh\\u\{1b\}\[31m\\u\{202e\}op/)
  const colored = await runDoctor(folder, { env: { FORCE_COLOR: '1' } })
  assert.ok(colored.stdout.includes('\u001b[31m✗'))
  assert.ok((await examined(folder)).said('service').includes('sh\u001b[31m\u202eop'))
  const json = await runDoctor(folder, { args: ['--json'] })
  assert.ok(!json.stdout.includes('\u202e'))
})

test('misuse ends with 2, and --help is none', async (t) => {
  const folder = await appFolder(t)
  const misuses = [
    [['--nonsense'], /--nonsense.*Usage/s],
    [['--ui', 'x:1'], /--ui=x:1: expected/],
  ] as const
  for (const [args, message] of misuses) {
    const { status, stdout, stderr } = await runDoctor(folder, { args: [...args] })
    assert.deepEqual([status, stdout], [2, ''])
    assert.match(stderr, message)
  }
  const help = await runDoctor(folder, { args: ['--help'] })
  assert.equal(help.status, 0)
  assert.match(help.stdout, /^Usage: npm run doctor/)
})
