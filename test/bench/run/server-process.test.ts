import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { suite, type TestContext, test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { ServerProcess } from '../../../bench/run/server-process.ts'

const LEFT_ALONE = fileURLToPath(new URL('left-alone.ts', import.meta.url))
const BASE = fileURLToPath(new URL('../../../bench/servers/base.ts', import.meta.url))

suite('a server under measurement', () => {
  test('tells how many requests it had, and what they took', async (t) => {
    const server = await serverOf(t, [BASE])
    const before = await server.tally()
    for (let i = 0; i < 7; i++) await (await fetch(`${server.url}/echo`)).text()
    const after = await server.tally()
    assert.equal(after.requests - before.requests, 7)
    assert.ok(after.cpuMicros > before.cpuMicros)
    assert.ok(after.rss > 10e6)
  })

  test('does nothing while it is held, and goes on afterwards', async (t) => {
    const server = await serverOf(t, [BASE])
    server.hold()
    const events: string[] = []
    const answered = fetch(`${server.url}/echo`).then((response) => {
      events.push('answered')
      return response.json()
    })
    await delay(100)
    events.push('let go')
    server.letGo()
    assert.deepEqual(await answered, { received: null })
    assert.deepEqual(events, ['let go', 'answered'])
  })

  test('that tells no tally is waited for no longer than that', async (t) => {
    const server = await serverOf(t, [BASE])
    server.hold()
    await assert.rejects(server.tally(50), { name: 'AbortError' })
  })

  test('that cannot start is told with its own words', async (t) => {
    const folder = await mkdtemp(join(tmpdir(), 'bench-'))
    t.after(() => rm(folder, { recursive: true }))
    const file = join(folder, 'server.mjs')
    await writeFile(file, `console.error('not on this Node'); process.exit(7)`)
    await assert.rejects(serverOf(t, [file]), /the server ended with 7: not on this Node/)
  })

  test('that ends while it is measured is told too', async (t) => {
    const server = await serverOf(t, [BASE])
    await server.kill()
    await assert.rejects(server.tally())
  })

  test('ends with whoever started it', async (t) => {
    const owner = spawn(process.execPath, [LEFT_ALONE, BASE])
    t.after(() => owner.kill('SIGKILL'))
    const [url] = await once(createInterface(owner.stdout), 'line')
    const connection = connect(Number(new URL(url).port), '127.0.0.1')
    await once(connection, 'connect')
    owner.stdin.end()
    await once(connection.resume(), 'close')
    await assert.rejects(fetch(url), 'nobody listens there any more')
  })
})

async function serverOf(t: TestContext, args: string[]): Promise<ServerProcess> {
  const server = await ServerProcess.start({
    args,
    cwd: tmpdir(),
    env: { DOWNSTREAM_URL: 'http://127.0.0.1:9/' },
    core: undefined,
  })
  t.after(() => server.kill())
  return server
}
