import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, open, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { environment, REGISTERED, ROOT } from './app-process.ts'

// Far more than a pipe holds, so that whoever reads late finds the rest only if it was really written.
const LINES = 5000
const args = [...REGISTERED, 'test/e2e/fixtures/many-lines.ts']

test('no line is lost to a file when the process ends', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'lines-'))
  t.after(() => rm(folder, { recursive: true }))
  const file = await open(join(folder, 'out'), 'w')
  t.after(() => file.close())
  const app = start(t, file.fd)
  await once(app, 'exit')
  assertAll(await readFile(join(folder, 'out'), 'utf8'))
})

test('no line is lost to a pipe whose reader is slow', async (t) => {
  const app = start(t, 'pipe')
  const { stdout } = app
  assert.ok(stdout)
  // It reads a little, then nothing until the process is about to end, and then slowly.
  const chunks: Buffer[] = []
  await once(stdout, 'readable')
  for await (const chunk of stdout) {
    chunks.push(chunk)
    for (let i = 0; i < 1000; i++) await new Promise(setImmediate)
  }
  assertAll(Buffer.concat(chunks).toString())
})

/** A process that writes its lines at the very end of its life, to `stdout`. */
function start(t: TestContext, stdout: 'pipe' | number) {
  const app = spawn(process.execPath, args, {
    cwd: ROOT,
    env: environment({ OTEL_TRACES_EXPORTER: 'none', LINES: String(LINES) }),
    stdio: ['ignore', stdout, 'inherit'],
  })
  t.after(() => app.kill('SIGKILL'))
  return app
}

function assertAll(text: string): void {
  const numbers = text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
    .filter(({ msg }) => msg === 'one of many')
    .map(({ number }) => number)
  assert.deepEqual(
    numbers,
    Array.from({ length: LINES }, (_, i) => i),
  )
  assert.match(text, /"msg":"uncaught error"}\n$/)
}
