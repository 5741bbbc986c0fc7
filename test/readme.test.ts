import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { z } from 'zod'
import { ownVariables } from '../otel/settings/variables.ts'
import { appVariables } from '../src/config.ts'
import { settingVariables } from '../src/throughline/settings/settings.ts'

const read = (path: string) => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8')
const readme = read('README.md')
const { scripts } = z
  .object({ scripts: z.record(z.string(), z.string()) })
  .parse(JSON.parse(read('package.json')))

test('every npm script that the README names is there, and the other way round', () => {
  // A table has what the owners of other apps type.
  const ours = readme.replace(/<!-- adoption.*<!-- end of adoption -->/s, '')
  const named = [...ours.matchAll(/npm (?:run )?(?:-s )?([a-z]+)/g)].map(([, name]) => name)
  const npmOwn = new Set(['ci', 'install', 'pack', 'run', 'scripts'])
  const wanted = new Set(named.filter((name) => name !== undefined && !npmOwn.has(name)))
  // npm calls these by itself.
  const called = Object.keys(scripts).filter((name) => !/^(pre|post)pack$/.test(name))
  assert.deepEqual([...wanted].sort(), called.sort())
})

test('every file that the README names is there', () => {
  const paths = [
    ...readme.matchAll(/(?:`|\()((?:src|otel|viewer|cli|bench|test|docs)\/[\w./-]*)/g),
    ...readme.matchAll(/node ((?:src|test|viewer)\/[\w./-]+)/g),
  ].map(([, path = '']) => path)
  assert.ok(paths.length > 10)
  for (const path of paths) assert.ok(existsSync(new URL(`../${path}`, import.meta.url)), path)
})

test('every variable of our own is in the README and in .env.example', () => {
  const example = read('.env.example')
  for (const name of Object.keys({
    ...appVariables.shape,
    ...settingVariables.shape,
    ...ownVariables.shape,
  })) {
    assert.ok(readme.includes(`\`${name}\``), `${name} in README.md`)
    assert.ok(example.includes(`#${name}=`), `${name} in .env.example`)
  }
})
