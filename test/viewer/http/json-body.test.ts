import assert from 'node:assert/strict'
import { test } from 'node:test'
import { postJson, runningViewer } from '../running-viewer.ts'
import { span, traces } from '../traffic.ts'

const post = (otlp: string, type: string, body: Uint8Array<ArrayBuffer> | string) =>
  fetch(`${otlp}/v1/traces`, { method: 'POST', headers: { 'content-type': type }, body })

const named = (name: string) => JSON.stringify(traces('app', span({ name })))

for (const [type, name, encode] of [
  ['application/json', 'ü€😀', (text: string) => Buffer.from(text)],
  ['APPLICATION/JSON ; charset="UTF-8"', 'ü€😀', (text: string) => Buffer.from(text)],
  ['application/json', 'with a BOM', (text: string) => Buffer.from(`\ufeff${text}`)],
  ['application/json; charset=utf-16', 'ü€😀', (text: string) => Buffer.from(text, 'utf16le')],
  ['application/json; charset=utf-16le', 'ü€😀', (text: string) => Buffer.from(text, 'utf16le')],
  [
    'application/json; charset=utf-16be',
    'ü€😀',
    (text: string) => Buffer.from(text, 'utf16le').swap16(),
  ],
  ['application/json; charset=latin1', 'über', (text: string) => Buffer.from(text, 'latin1')],
  ['application/json; charset=ISO-8859-1', 'über', (text: string) => Buffer.from(text, 'latin1')],
] as const)
  test(`${name} as ${type} is read as it was written`, async (t) => {
    const { otlp, ui } = await runningViewer(t)
    const response = await post(otlp, type, encode(named(name)))
    assert.equal(response.status, 200, await response.text())
    const operations = await fetch(`${ui}/api/v3/operations?service=app`)
    assert.deepEqual(await operations.json(), { operations: [{ name, spanKind: 'server' }] })
  })

test('another charset is a 415 that names it, also one that Node could read', async (t) => {
  const { otlp } = await runningViewer(t)
  for (const charset of ['koi8-r', 'gbk', 'utf-32', 'bogus']) {
    const response = await post(otlp, `application/json; charset=${charset}`, named('x'))
    assert.equal(response.status, 415, charset)
    const message = `unsupported charset "${charset.toUpperCase()}"`
    assert.deepEqual(await response.json(), { code: 3, message })
  }
})

test('what does not say that it is JSON is a 415', async (t) => {
  const { otlp } = await runningViewer(t)
  for (const type of ['text/json', 'application/vnd.x+json', 'application/json, text/x', 'json'])
    assert.equal((await post(otlp, type, named('x'))).status, 415, type)
})

test('an empty body is an empty request, as in protobuf', async (t) => {
  const { otlp } = await runningViewer(t)
  assert.equal((await postJson(`${otlp}/v1/traces`, '')).status, 200)
})

test('JSON that is no object is a 400, also where nothing is read from it', async (t) => {
  const { otlp } = await runningViewer(t)
  for (const body of ['7', '"x"', 'null', '  ', '{}x']) {
    const response = await postJson(`${otlp}/v1/metrics`, body)
    assert.equal(response.status, 400, body)
    assert.match(await response.text(), /^\{"code":3,"message":".+"\}$/)
  }
})
