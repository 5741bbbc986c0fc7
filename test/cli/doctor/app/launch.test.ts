import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { launchOf } from '../../../../cli/doctor/app/launch.ts'
import { NO_MANIFEST } from '../../../../cli/package/manifest.ts'
import { ROOT } from '../../command-process.ts'

test('what a start script loads before the app is read as a shell and Node would', () => {
  const scripts: [string, string[]][] = [
    ['node server.js', []],
    ['node --import throughline/register server.js', ['throughline/register']],
    ['node --import=./a.js -r b --require "./c d.cjs" server.js', ['b', './c d.cjs', './a.js']],
    ["npm run build && exec node -r './a b.cjs' dist/server.js", ['./a b.cjs']],
    ['NODE_ENV=production node --enable-source-maps -C dev -r a server.js', ['a']],
    ['cross-env NODE_OPTIONS="--import a -r \\"b c\\"" nest start', ['b c', 'a']],
    ['NODE_OPTIONS=--import=a node --import b server.js', ['a', 'b']],
    ['NODE_OPTIONS="$NODE_OPTIONS --import b" node server.js', ['inherited', 'b']],
    ['npx tsx --import a src/server.ts', ['a']],
    // What stands behind the file is the app's.
    ['node server.js --import a', []],
    ['nest start --require a', []],
  ]
  for (const [start, names] of scripts) {
    const env = start.includes('$') ? { NODE_OPTIONS: '--import inherited' } : {}
    assert.deepEqual(namesIn({ start }, env), names, start)
  }
})

test('a start script that only passes on to another is that one, and no circle is endless', () => {
  const scripts = { start: 'npm run start:prod', 'start:prod': 'node -r a dist/main' }
  assert.deepEqual(namesIn(scripts), ['a'])
  assert.equal(launchOf(manifestWith(scripts), ROOT, {}).script, 'node -r a dist/main')
  assert.deepEqual(namesIn({ start: 'npm run again', again: 'npm run start' }), [])
})

test('NODE_OPTIONS comes before the script, and what is required before what is imported', () => {
  const env = { NODE_OPTIONS: '--import a --require b' }
  assert.deepEqual(namesIn({ start: 'node --import c --require d server.js' }, env), [
    'b',
    'd',
    'a',
    'c',
  ])
})

test('variables and env files of the script count too', () => {
  const start = 'OTEL_SERVICE_NAME=shop node --env-file .env.local --env-file=.env server.js'
  const { env, envFiles } = launchOf(manifestWith({ start }), ROOT, { OTHER: '1' })
  assert.deepEqual(env, { OTHER: '1', OTEL_SERVICE_NAME: 'shop' })
  assert.deepEqual(envFiles, ['--env-file=.env.local', '--env-file=.env'])
})

test('our register is known by its name, and by its place however that is written', () => {
  const place = join(ROOT, 'otel/register.ts')
  const names = ['throughline/register', './otel/register.ts', place, `file://${place}`]
  for (const name of [...names, './otel/start.ts', 'otel']) {
    const start = `node --import ${name} server.js`
    const [preload] = launchOf(manifestWith({ start }), ROOT, {}).preloads
    assert.equal(preload?.isOurs, names.includes(name), name)
  }
})

function namesIn(scripts: Record<string, string>, env = {}): string[] {
  return launchOf(manifestWith(scripts), ROOT, env).preloads.map(({ name }) => name)
}

function manifestWith(scripts: Record<string, string>) {
  return { ...NO_MANIFEST, scripts }
}
