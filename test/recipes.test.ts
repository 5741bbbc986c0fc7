import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'

const read = (path: string) => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8')
const RECIPE = /<!-- (\S+) -->\n```\w+\n(.*?)\n```/gs
const recipes = [...read('docs/recipes.md').matchAll(RECIPE)]

test('each recipe is a part of an app that is started and asked', () => {
  assert.ok(recipes.length >= 5)
  for (const [, path = '', code = ''] of recipes) assert.ok(read(path).includes(code), path)
})
