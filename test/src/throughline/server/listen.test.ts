import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { text } from 'node:stream/consumers'
import { type TestContext, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { createLogger } from '../../../../src/throughline/log/logger.ts'
import { announce } from '../../../../src/throughline/server/listen.ts'
import { listen } from '../../../listen.ts'
import { linesInMemory } from '../../start-app.ts'

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
  const { lines, status } = await startServer({ HOST: '203.0.113.1', PORT: '0' })

  assert.match(lines.at(-1) ?? '', /on 203\.0\.113\.1: .*correct HOST/)
  assert.equal(status, 1)
})

test('a server says on which port it listens, once it does or does already', async (t) => {
  const server = createServer()
  t.after(() => server.close())
  const { lines, destination } = linesInMemory()
  const logger = createLogger({}, destination)

  announce(server, logger)
  const port = await listen(server)
  announce(server, logger)

  assert.deepEqual(
    lines.map(({ msg, port }) => [msg, port]),
    [
      ['listening', port],
      ['listening', port],
    ],
  )
})

test('an app that listens for the error itself, to try another port, is left to that', async (t) => {
  const port = await takenPort(t)
  const server = createServer()
  const { lines, destination } = linesInMemory()
  const logger = createLogger({}, destination)
  announce(server, logger)

  server.listen(port, '127.0.0.1')
  const [error] = await once(server, 'error')

  assert.equal(error.code, 'EADDRINUSE')
  assert.deepEqual(lines, [])
})

async function takenPort(t: TestContext): Promise<number> {
  const server = createServer()
  t.after(() => server.close())
  return listen(server)
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
