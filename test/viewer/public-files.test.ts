import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { raw, runningViewer } from './running-viewer.ts'

const folder = join(import.meta.dirname, '../../viewer/public')
const types = new Map([
  ['css', 'text/css; charset=utf-8'],
  ['js', 'text/javascript; charset=utf-8'],
  ['svg', 'image/svg+xml'],
])

test('each public file is served as it is, with its type', async (t) => {
  const { ui } = await runningViewer(t)
  for (const name of readdirSync(folder)) {
    const response = await fetch(`${ui}/public/${name}?x=1`)
    assert.equal(response.status, 200)
    assert.equal(response.headers.get('content-type'), types.get(name.split('.')[1] ?? ''))
    assert.equal(response.headers.get('cache-control'), 'public, max-age=0')
    const body = Buffer.from(await response.arrayBuffer())
    assert.deepEqual(body, readFileSync(join(folder, name)))
    assert.equal(response.headers.get('content-length'), String(body.length))
  }
})

test('a file that the browser has already is a 304, another is sent', async (t) => {
  const { ui } = await runningViewer(t)
  const url = `${ui}/public/viewer.css`
  const etag = (await fetch(url)).headers.get('etag') ?? ''
  for (const known of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
    const response = await fetch(url, { headers: { 'if-none-match': known } })
    assert.equal(response.status, 304, known)
    assert.equal(await response.text(), '')
    assert.equal(response.headers.get('etag'), etag)
    assert.equal(response.headers.get('content-length'), null)
  }
  for (const other of ['"other"', etag.slice(0, -2)])
    assert.equal((await fetch(url, { headers: { 'if-none-match': other } })).status, 200, other)
  const list = await fetch(`${ui}/public/list.js`, { headers: { 'if-none-match': etag } })
  assert.equal(list.status, 200)
})

test('no path leads out of the folder, and the folder itself is no page', async (t) => {
  const { ui } = await runningViewer(t)
  for (const path of [
    '/public',
    '/public/',
    '/public/.',
    '/public/..',
    '/public/../viewer.ts',
    '/public/..%2fviewer.ts',
    '/public/%2e%2e/viewer.ts',
    '/public/%2e%2e%2fviewer.ts',
    '/public/..%2fviews%2flayout.eta',
    '/public/..%5cviewer.ts',
    `/public/${encodeURIComponent(join(folder, '../viewer.ts'))}`,
    '/public/viewer.css%00',
    '/public/__proto__',
  ]) {
    const { status, body } = await raw(ui, { path })
    assert.equal(status, 404, path)
    assert.match(body, /No such page/, path)
  }
})
