import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { test } from 'node:test'

const urlOf = (path: string) => new URL(`../${path}`, import.meta.url)
const read = (path: string) => readFileSync(urlOf(path), 'utf8')
const BOUNDARY = /^test\/boundaries\/fixtures\/(.+)\.ts$/
const RECIPE = /<!-- (\S+) -->\n```\w+\n(.*?)\n```/gs
const recipes = [...read('docs/recipes.md').matchAll(RECIPE)]

test('each recipe is a part of an app that is started and asked', () => {
  assert.ok(recipes.length >= 12)
  for (const [, path = '', code = ''] of recipes) {
    assert.ok(read(path).includes(code), path)
    const [, name] = BOUNDARY.exec(path) ?? []
    if (name !== undefined) assert.ok(existsSync(urlOf(`test/boundaries/${name}.test.ts`)), path)
    else assert.match(path, /^test\/adoption\/apps\//)
  }
})
