import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import Router from 'router'
import { lastAnswer } from '../../../viewer/http/last-answer.ts'
import { publicFiles } from '../../../viewer/http/public-files.ts'
import { listen } from '../../listen.ts'
import { raw, runningViewer } from '../running-viewer.ts'

const folder = join(import.meta.dirname, '../../../viewer/pages/public')
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
  const outside = mkdtempSync(join(tmpdir(), 'public-files-'))
  t.after(() => rmSync(outside, { recursive: true }))
  const inside = join(outside, 'public')
  mkdirSync(inside)
  writeFileSync(join(inside, 'open.css'), 'open')
  writeFileSync(join(outside, 'secret.css'), 'secret')
  const url = await serving(t, inside)
  assert.equal((await raw(url, { path: '/public/open.css' })).body, 'open')
  for (const path of [
    '/public',
    '/public/',
    '/public/.',
    '/public/..',
    '/public/../secret.css',
    '/public/..%2fsecret.css',
    '/public/%2e%2e/secret.css',
    '/public/%2e%2e%2Fsecret.css',
    '/public/..%5csecret.css',
    '/public/x/../../secret.css',
    `/public/${encodeURIComponent(join(outside, 'secret.css'))}`,
    '/public/open.css%00',
    '/public/__proto__',
  ])
    assert.deepEqual(await raw(url, { path }), { status: 404, body: 'Not Found' }, path)
})

test('a file of a type that is not known stops the start', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'public-files-'))
  t.after(() => rmSync(folder, { recursive: true }))
  writeFileSync(join(folder, 'photo.png'), '')
  assert.throws(() => publicFiles(folder), /photo\.png has no content type yet/)
})

async function serving(t: TestContext, folder: string): Promise<string> {
  const router = Router().get('/public/:name', publicFiles(folder))
  const server = createServer((request, response) =>
    router(request, response, lastAnswer(response)),
  )
  t.after(() => server.close())
  return `http://127.0.0.1:${await listen(server)}`
}
