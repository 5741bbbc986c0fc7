import assert from 'node:assert/strict'
import { once } from 'node:events'
import { appendFile, readFile, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { join } from 'node:path'
import { test } from 'node:test'
import getPort from 'get-port'
import { isRunning, startCommand } from '../command-process.ts'
import { copyProject } from '../project-copy.ts'

const FREE = ['--ui-port', '0', '--otlp-port', '0']

test('dev keeps the viewer while the app changes, breaks and recovers, and ends it all', async (t) => {
  const cwd = await copyProject(t)
  const route = join(cwd, 'src/routes/work.ts')
  await appendFile(
    join(cwd, 'src/server.ts'),
    "process.stdout.write('app ' + process.pid + ' under ' + process.ppid + '\\n')\n",
  )
  const grpc = await getPort({ host: '127.0.0.1' })
  const args = [...FREE, '--grpc-port', String(grpc)]
  const dev = startCommand(t, { entry: 'cli/dev/dev.ts', args, cwd })
  const [, ui = ''] = await dev.waitFor(/^traces +(\S+)$/m)
  const [, app = ''] = await dev.waitFor(/^app +(http\S+)$/m)
  await dev.waitFor(/INFO: listening/)

  await t.test('its viewer takes OTLP over gRPC too', async () => {
    const socket = connect(grpc, '127.0.0.1')
    await once(socket, 'connect')
    socket.destroy()
  })

  await t.test('a completion line ends with the link to its trace', async () => {
    await fetch(`${app}/work`)
    const [, link = ''] = await dev.waitFor(/INFO: request completed .*\} {2}(http\S+)$/m)
    assert.ok(link.startsWith(`${ui}/trace/`), link)
  })

  await t.test(
    'after a change the new app has the old port, and the old trace is there',
    async () => {
      const [, traceId] = await dev.waitFor(/request completed .*\/trace\/(\w{32})/)
      await untilAnswered(`${ui}/api/v3/traces/${traceId}`)
      const before = dev.written()
      await writeFile(route, (await readFile(route, 'utf8')).replace('handling', 'changed'))
      await dev.waitFor(/INFO: listening/, before)
      await fetch(`${app}/work`)
      await dev.waitFor(/INFO: changed \/work/, before)
      assert.equal((await fetch(`${ui}/api/v3/traces/${traceId}`)).status, 200)
    },
  )

  await t.test('an app that cannot start is waited for until it can', async () => {
    const sound = await readFile(route, 'utf8')
    const before = dev.written()
    await writeFile(route, `${sound}}`)
    await dev.waitFor(/Failed running/, before)
    const failed = dev.written()
    await writeFile(route, sound)
    await dev.waitFor(/INFO: listening/, failed)
  })

  await t.test('Ctrl-C ends app, watch and viewer, with 0', async () => {
    const { code, stdout, stderr } = await dev.interrupt()
    assert.equal(code, 0)
    assert.match(stdout, /shutting down.*\n$/)
    const pids = Array.from(stdout.matchAll(/^app (\d+) under (\d+)$/gm), ([, pid, parent]) => [
      Number(pid),
      Number(parent),
    ]).flat()
    assert.ok(pids.length >= 6, `at least three starts:\n${stdout}${stderr}`)
    assert.deepEqual(pids.filter(isRunning), [])
    await assert.rejects(fetch(ui), TypeError)
  })
})

test('where the environment says where traces go, dev starts no viewer', async (t) => {
  const dev = startCommand(t, {
    entry: 'cli/dev/dev.ts',
    args: FREE,
    env: { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9', OTEL_EXPORTER_OTLP_TIMEOUT: '500' },
  })
  await dev.waitFor(/^traces +as OTEL_EXPORTER_OTLP_ENDPOINT says: no viewer is started$/m)
  await dev.waitFor(/telemetry on.*http:\/\/127\.0\.0\.1:9\/v1\/traces/)
  await dev.waitFor(/INFO: listening/)
  assert.equal((await dev.interrupt()).code, 0)
})

/** Spans leave in batches: asks until the trace is there. */
async function untilAnswered(url: string): Promise<void> {
  while (!(await fetch(url)).ok) await new Promise(setImmediate)
}
