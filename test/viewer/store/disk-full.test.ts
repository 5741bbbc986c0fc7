import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmdirSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { type TestContext, test } from 'node:test'
import { pino } from 'pino'
import { postJson, runningViewer } from '../running-viewer.ts'
import { line, logs, span, spanIdOf, traceIdOf, traces } from '../traffic.ts'

/** A file system of so many MiB, gone with the test; undefined where none can be made, with the test skipped. */
function smallDisk(t: TestContext, megabytes: number): string | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'disk-'))
  const options = ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder]
  const { status, stderr, error } = spawnSync('mount', options, { encoding: 'utf8' })
  t.after(() => {
    // Lazily: the viewer, which ends after this, has its file open.
    if (status === 0) spawnSync('umount', ['--lazy', folder])
    rmdirSync(folder)
  })
  if (status === 0) return folder
  t.skip(`no disk can be mounted here: ${error?.message ?? stderr.trim()}`)
  return undefined
}

/** Takes all the room there is; the file to remove. */
function fill(folder: string): string {
  const ballast = join(folder, 'ballast')
  for (const size of [1024 * 1024, 4096])
    try {
      for (;;) writeFileSync(ballast, Buffer.alloc(size), { flag: 'a' })
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error
    }
  return ballast
}

/** A trace of 100 kB. */
const large = (n: number) =>
  traces('app', span({ traceId: traceIdOf(n), spanId: spanIdOf(n), name: 'x'.repeat(100_000) }))

/** A viewer whose file is in the folder and which one trace more than three pushes out, and what it says. */
async function viewerOn(t: TestContext, folder: string) {
  const said: Record<string, unknown>[] = []
  const log = new Writable({
    write(chunk, _encoding, done) {
      said.push(JSON.parse(String(chunk)))
      done()
    },
  })
  const db = join(folder, 'traces.db')
  const viewer = await runningViewer(t, { db, maxSpans: 3, logger: pino(log) })
  const post = (n: number) => postJson(`${viewer.otlp}/v1/traces`, large(n))
  return { db, viewer, post, said }
}

test('what is small and fits beside what did not is kept, and the disk as full as before', async (t) => {
  const folder = smallDisk(t, 16)
  if (folder === undefined) return
  const { viewer, post, said } = await viewerOn(t, folder)
  assert.equal((await post(1)).status, 200)
  const ballast = fill(folder)
  truncateSync(ballast, statSync(ballast).size - 64 * 1024)
  const small = logs('app', line('x'))
  for (let round = 1; round <= 3; round++) {
    assert.equal((await post(2)).status, 503)
    assert.equal((await postJson(`${viewer.otlp}/v1/logs`, small)).status, 200)
  }
  assert.deepEqual(
    said.map(({ msg }) => msg),
    ['cannot store'],
  )
})

test('a full disk is answered with its reason, said once, evicts nothing, and is over when there is room', async (t) => {
  const folder = smallDisk(t, 16)
  if (folder === undefined) return
  const { db, viewer, post, said } = await viewerOn(t, folder)
  const has = async (...numbers: number[]) => {
    for (const n of numbers) {
      const { status } = await fetch(`${viewer.ui}/api/v3/traces/${traceIdOf(n)}`)
      assert.equal(status, 200, `trace ${n} is here`)
    }
  }
  for (const n of [1, 2, 3]) assert.equal((await post(n)).status, 200)
  const ballast = fill(folder)

  for (let n = 4; n < 14; n++) {
    const refused = await post(n)
    const reason = `no room on the disk of ${db}: make some there`
    assert.deepEqual(
      [refused.status, refused.headers.get('retry-after'), await refused.json()],
      [503, '5', { code: 14, message: `could not store: ${reason}` }],
    )
  }
  const lines = logs('app', line('x'.repeat(100_000)))
  assert.equal((await postJson(`${viewer.otlp}/v1/logs`, lines)).status, 503)
  const cleared = await fetch(`${viewer.ui}/clear`, { method: 'POST', redirect: 'manual' })
  assert.ok([303, 503].includes(cleared.status), `${cleared.status}`)
  await has(1, 2, 3)
  assert.deepEqual(
    said.map(({ msg, level }) => [msg, level]),
    [['cannot store', 50]],
  )

  rmSync(ballast)
  assert.equal((await post(4)).status, 200)
  assert.equal((await post(5)).status, 200)
  await has(3, 4, 5)
  assert.deepEqual(
    said.map(({ msg }) => msg),
    ['cannot store', 'can store again'],
  )
})
