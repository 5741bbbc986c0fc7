import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { EventEmitter, once } from 'node:events'
import { openSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { type TestContext, test } from 'node:test'
import { environment, REGISTERED, ROOT } from './app-process.ts'

test('an app whose log is on a full disk answers, says so once, and ends in time', async (t) => {
  const app = await startWith(t, openSync('/dev/full', 'w'))
  await app.untilSaid(/The log cannot be written: .*ENOSPC/)
  for (let i = 0; i < 20; i++) assert.equal((await fetch(`${app.url}/echo`)).status, 200)

  assert.equal(await app.stop(), 0)
  assert.equal(app.stderr().match(/cannot be written/g)?.length, 1)
  assert.match(app.stderr(), /could not be written to its end: \d+ lines are lost/)
})

test('an app whose log nobody reads any more answers, says so once, and ends in time', async (t) => {
  const app = await startWith(t, 'pipe')
  app.child.stdout?.destroy()
  assert.equal((await fetch(`${app.url}/work`)).status, 200)
  await app.untilSaid(/The log cannot be written: .*EPIPE/)
  assert.equal((await fetch(`${app.url}/work`)).status, 200)

  assert.equal(await app.stop(), 0)
  assert.equal(app.stderr().match(/cannot be written/g)?.length, 1)
})

test('a reader that stops and goes on gets every line, and the app answers meanwhile', async (t) => {
  const app = await startWith(t, 'pipe')
  const { stdout } = app.child
  assert.ok(stdout)
  // More than a pipe and the stream's own buffer take.
  const requests = 1500
  for (let i = 0; i < requests; i++) assert.equal((await fetch(`${app.url}/echo`)).status, 200)
  await app.untilSaid(/The log cannot be written: nobody reads it/)
  assert.equal((await fetch(`${app.url}/echo`)).status, 200)
  let text = ''
  stdout.setEncoding('utf8').on('data', (more) => {
    text += more
  })
  await app.untilSaid(/The log is written again; 0 lines are lost/)

  assert.equal(await app.stop(), 0)
  const lines = text.trimEnd().split('\n')
  const completed = lines.filter((line) => JSON.parse(line).msg === 'request completed')
  assert.equal(completed.length, requests + 1)
})

test('neither does it matter that stderr cannot be written either', async (t) => {
  const full = openSync('/dev/full', 'w')
  const app = await startWith(t, full, full)
  assert.equal((await fetch(`${app.url}/echo`)).status, 200)
  assert.equal(await app.stop(), 0)
})

/** The app with these for stdout and stderr, once it accepts connections. */
async function startWith(
  t: TestContext,
  stdout: number | 'pipe',
  stderr: number | 'pipe' = 'pipe',
) {
  const port = await freePort()
  const child = spawn(process.execPath, [...REGISTERED, 'src/server.ts'], {
    cwd: ROOT,
    env: environment({ PORT: String(port), OTEL_SDK_DISABLED: 'true' }),
    stdio: ['ignore', stdout, stderr],
  })
  const closed = once(child, 'exit')
  t.after(async () => {
    child.kill('SIGKILL')
    await closed
  })
  const news = new EventEmitter().setMaxListeners(0)
  let said = ''
  child.stderr?.setEncoding('utf8').on('data', (text) => {
    said += text
    news.emit('said')
  })
  await accepts(port, child)

  return {
    url: `http://127.0.0.1:${port}`,
    child,
    stderr: () => said,
    async untilSaid(what: RegExp): Promise<void> {
      while (!what.test(said)) await once(news, 'said')
    },
    async stop(): Promise<unknown> {
      child.kill('SIGTERM')
      const [code] = await closed
      return code
    },
  }
}

/** Asked again and again: the line that says when cannot be read here. */
async function accepts(port: number, child: ChildProcess): Promise<void> {
  for (;;) {
    assert.equal(child.exitCode, null)
    const socket = connect(port, '127.0.0.1')
    const open = await once(socket, 'connect').then(
      () => true,
      () => false,
    )
    socket.destroy()
    if (open) return
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}
