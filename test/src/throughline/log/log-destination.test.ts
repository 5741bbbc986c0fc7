import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { EventEmitter, once } from 'node:events'
import { closeSync, constants, mkdtempSync, openSync, readSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { LIMITS, LogDestination } from '../../../../src/throughline/log/log-destination.ts'

/** Longer than any test takes. */
const NEVER_MS = 3_600_000
/** A pipe holds 64 kB: a hundred lines are more. */
const LINES = Array.from({ length: 100 }, (_, i) => `${i} ${'x'.repeat(1000)}\n`)

test('lines arrive in order and whole, in the turn after them', async (t) => {
  const { log, read } = pipe(t)
  for (const line of LINES.slice(0, 10)) log.write(line)
  assert.equal(read(), '')
  await new Promise(setImmediate)
  assert.equal(read(), LINES.slice(0, 10).join(''))
})

test('what a full pipe does not take is kept, and follows when there is room', async (t) => {
  const { log, read, sentences } = pipe(t)
  for (const line of LINES) log.write(line)
  let text = ''
  while (text.length < LINES.join('').length) {
    text += read()
    await new Promise(setImmediate)
  }
  assert.equal(text, LINES.join(''))
  assert.deepEqual(sentences, [])
})

test('beyond the limit lines are lost, counted and said: once as it begins, once when it is over', async (t) => {
  const { log, read, sentences, said } = pipe(t, { keptLength: 100_000, patienceMs: NEVER_MS })
  for (const line of LINES) log.write(line)
  log.flushSync() // the pipe is full now
  for (const line of LINES) log.write(line)
  assert.match(sentences.join(), /^The log cannot be written: it is read too slowly\./)
  const text = await readUntilSaid(read, said)
  const arrived = text.split('\n').length - 1
  assert.equal(sentences.length, 2)
  assert.equal(sentences[1], `The log is written again; lines lost: ${200 - arrived}.`)
  assert.ok(arrived > 100 && arrived < 200)
  assert.equal(text, [...LINES, ...LINES].slice(0, arrived).join(''))
})

test('a reader that stops is said to have, and nothing is lost if it goes on', async (t) => {
  const { log, read, said } = pipe(t, { patienceMs: 1 })
  for (const line of LINES) log.write(line)
  const [sentence] = await once(said, 'sentence')
  assert.match(sentence, /^The log cannot be written: nobody reads it\. /)
  const recovered = once(said, 'sentence')
  assert.equal(await readUntilSaid(read, said), LINES.join(''))
  assert.deepEqual(await recovered, ['The log is written again; lines lost: 0.'])
})

test('a reader that has gone is said to have, and the next one gets what was kept', async (t) => {
  const { log, read, sentences, said, withoutReader } = pipe(t)
  await withoutReader(async () => {
    for (const line of LINES.slice(0, 3)) log.write(line)
    const [sentence] = await once(said, 'sentence')
    assert.match(sentence, /^The log cannot be written: EPIPE/)
  })
  assert.equal(await readUntilSaid(read, said), LINES.slice(0, 3).join(''))
  assert.equal(sentences.length, 2)
})

test('a device that is full is said once, however often it is tried', async () => {
  const sentences: string[] = []
  const fd = openSync('/dev/full', 'w')
  const log = new LogDestination(fd, (sentence) => sentences.push(sentence))
  log.write('lost\n')
  for (let i = 0; i < 10; i++) log.flushSync()
  await log.written(NEVER_MS) // it does not wait where none can be written
  assert.equal(sentences.length, 1)
  log.end()
  assert.equal(sentences[1], 'The log could not be written to its end; lines lost: 1.')
  closeSync(fd)
})

test('the end waits for a reader that is slow', async (t) => {
  const { log, read } = pipe(t, { patienceMs: NEVER_MS })
  for (const line of LINES) log.write(line)
  let over = false
  const written = log.written(NEVER_MS).then(() => {
    over = true
  })
  let text = ''
  while (!over) {
    text += read(100)
    await new Promise(setImmediate)
  }
  await written
  assert.equal(text + read(), LINES.join(''))
})

test('the end waits no longer than its time, nor for a reader that has stopped', async (t) => {
  const patient = pipe(t, { patienceMs: NEVER_MS })
  for (const line of LINES) patient.log.write(line)
  await patient.log.written(1)
  const impatient = pipe(t, { patienceMs: 1 })
  for (const line of LINES) impatient.log.write(line)
  await impatient.log.written(NEVER_MS)
})

test('at the exit lines are written at once, and those that nobody reads are counted', (t) => {
  const { log, read, sentences } = pipe(t, { exitMs: 1 })
  log.end()
  log.write('last\n')
  assert.equal(read(), 'last\n')
  assert.deepEqual(sentences, [])
  for (const line of LINES) log.write(line)
  log.end()
  const arrived = read().split('\n').length - 1
  assert.deepEqual(sentences, [
    `The log could not be written to its end; lines lost: ${100 - arrived}.`,
  ])
})

/** A log into a real pipe that does not block, read by the test alone. */
function pipe(t: TestContext, limits: Partial<typeof LIMITS> = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'log-'))
  const path = join(folder, 'pipe')
  execFileSync('mkfifo', [path])
  const open = () => openSync(path, constants.O_RDONLY | constants.O_NONBLOCK)
  let reader = open()
  const writer = openSync(path, constants.O_WRONLY | constants.O_NONBLOCK)
  t.after(() => {
    closeSync(reader)
    closeSync(writer)
    rmSync(folder, { recursive: true })
  })

  const sentences: string[] = []
  const said = new EventEmitter()
  const say = (sentence: string) => {
    sentences.push(sentence)
    said.emit('sentence', sentence)
  }
  return {
    log: new LogDestination(writer, say, { ...LIMITS, ...limits }),
    sentences,
    said,
    /** What is in the pipe, up to `size` bytes. */
    read: (size = 1_000_000) => readAvailable(reader, size),
    /** The reader leaves while `act` runs, and another comes. */
    async withoutReader(act: () => Promise<unknown>) {
      closeSync(reader)
      await act()
      reader = open()
    },
  }
}

function readAvailable(fd: number, size: number): string {
  const bytes = Buffer.alloc(size)
  let length = 0
  try {
    for (let more = -1; more !== 0; length += more)
      more = readSync(fd, bytes, length, size - length, null)
  } catch (error) {
    assert.ok(error instanceof Error && 'code' in error && error.code === 'EAGAIN', String(error))
  }
  return bytes.toString('utf8', 0, length)
}

/** What arrives until the next sentence is said. */
async function readUntilSaid(read: () => string, said: EventEmitter): Promise<string> {
  let over = false
  said.once('sentence', () => {
    over = true
  })
  let text = ''
  while (!over) {
    text += read()
    await new Promise(setImmediate)
  }
  return text + read()
}
