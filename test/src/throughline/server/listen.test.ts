import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { text } from 'node:stream/consumers'
import { type TestContext, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { listen } from '../../../../src/throughline/server/listen.ts'

test('a port that is in use ends the start with one line that names it and what to do', async (t) => {
  const port = await takenPort(t)

  const { lines, stderr, status } = await startServer({ HOST: '127.0.0.1', PORT: String(port) })

  const fatal = lines.filter((line) => line.includes('"level":60'))
  assert.equal(fatal.length, 1)
  assert.match(fatal[0] ?? '', new RegExp(`port ${port} of 127\\.0\\.0\\.1.*in use.*set PORT`))
  assert.doesNotMatch(fatal[0] ?? '', /"stack"|correlationId|trace_id/)
  assert.equal(lines.at(-1), fatal[0])
  assert.equal(stderr, '')
  assert.equal(status, 1)
})

test('an address that this machine does not have is named too', async () => {
  const server = createServer()

  await assert.rejects(listen(server, 0, '203.0.113.1'), /of 203\.0\.113\.1: .*correct HOST/)
})

test('port 0 gives the port that was picked', async (t) => {
  const server = createServer()
  t.after(() => server.close())

  assert.ok((await listen(server, 0, '127.0.0.1')) > 0)
})

async function takenPort(t: TestContext): Promise<number> {
  const server = createServer()
  t.after(() => server.close())
  return listen(server, 0, '127.0.0.1')
}

async function startServer(env: Record<string, string>) {
  const entry = fileURLToPath(new URL('../../../../src/server.ts', import.meta.url))
  const child = spawn(process.execPath, [entry], { env: { ...process.env, ...env } })
  const [stdout, stderr, [status]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'exit'),
  ])
  return { lines: stdout.trimEnd().split('\n'), stderr, status }
}
