import assert from 'node:assert/strict'
import { execFile, spawnSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, type TestContext, test } from 'node:test'
import { promisify } from 'node:util'
import { z } from 'zod'
import { runningViewer } from '../running-viewer.ts'

const run = promisify(execFile)
const folder = await mkdtemp(join(tmpdir(), 'senders-'))
after(() => rm(folder, { recursive: true, force: true }))

/** Why a sender cannot be had, or false. */
function without(command: string, ...args: string[]): string | false {
  if (process.env.OTLP_SENDERS !== '1')
    return 'set OTLP_SENDERS=1 to fetch and run the SDKs of Python and Go'
  const { status } = spawnSync(command, args)
  return status === 0 ? false : `${[command, ...args].join(' ')} does not run here`
}

/** A viewer, and the environment of who sends to it: where it is, and else the defaults. */
async function viewerFor(t: TestContext, protocol: 'grpc' | 'http') {
  const { ui, otlp, grpc } = await runningViewer(t, { grpc: { port: 0, needed: true } })
  const endpoint = z.url().parse(protocol === 'grpc' ? grpc : otlp)
  const ask = async (path: string) => (await fetch(ui + path)).text()
  return { endpoint, ask }
}

const packages = ['opentelemetry-sdk==1.45.2', 'opentelemetry-exporter-otlp==1.45.2']

test("Python's SDK sends traces, lines and metrics by both of its exporters", {
  skip: without('python3', '-c', 'import ensurepip, venv'),
}, async (t) => {
  const python = join(folder, 'python')
  await run('python3', ['-m', 'venv', python])
  await run(join(python, 'bin/pip'), ['install', '--quiet', ...packages])
  for (const protocol of ['grpc', 'http'] as const) {
    const { endpoint, ask } = await viewerFor(t, protocol)
    const { stdout, stderr } = await run(
      join(python, 'bin/python'),
      [join(import.meta.dirname, 'send.py'), protocol],
      {
        env: {
          ...process.env,
          OTEL_EXPORTER_OTLP_ENDPOINT: endpoint,
          OTEL_SERVICE_NAME: 'shop-in-python',
        },
      },
    )
    assert.equal(stderr, '')
    const page = await ask(`/trace/${stdout.trim()}`)
    assert.match(page, /shop-in-python<\/b> order.*<s>info<\/s> ordered/s, protocol)
  }
})

const telemetrygen =
  'github.com/open-telemetry/opentelemetry-collector-contrib/cmd/telemetrygen@v0.161.0'

test("Go's SDK sends traces, lines and metrics by both of its exporters", {
  skip: without('go', 'version'),
}, async (t) => {
  const env = { ...process.env, GOBIN: folder }
  await run('go', ['install', telemetrygen], { env })
  for (const protocol of ['grpc', 'http'] as const) {
    const { endpoint, ask } = await viewerFor(t, protocol)
    const { host } = new URL(endpoint)
    const to = ['--otlp-insecure', '--otlp-endpoint', host, '--rate', '0']
    const http = protocol === 'http' ? ['--otlp-http'] : []
    for (const [signal, count] of [
      ['traces', '--traces'],
      ['logs', '--logs'],
      ['metrics', '--metrics'],
    ] as const)
      await run(join(folder, 'telemetrygen'), [signal, ...to, ...http, count, '3'])
    const { services } = JSON.parse(await ask('/api/v3/services'))
    assert.deepEqual(services, ['telemetrygen'], protocol)
    assert.equal((await ask('/')).match(/lets-go/g)?.length, 3)
  }
})
