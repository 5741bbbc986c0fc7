import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { environment, REGISTERED, ROOT } from './app-process.ts'

/** A Node of the system's that is too old for this; tests run on one that is not. */
const OLD_NODE = '/usr/bin/node'
const oldVersion = spawnSync(OLD_NODE, ['--version'], { encoding: 'utf8' }).stdout?.trim() ?? ''
const skip = /^v(1\d|2[0-3])\./.test(oldVersion) ? false : `needs a Node before 24 at ${OLD_NODE}`

test('an old Node says in one line which one is needed, not with a stack about .ts', {
  skip,
}, () => {
  const { engines } = JSON.parse(readFileSync(`${ROOT}package.json`, 'utf8'))
  for (const args of [
    [...REGISTERED, 'src/server.ts'],
    ['--require', './needs-node.cjs', '--test', 'test/**/*.test.ts'],
  ]) {
    const ended = spawnSync(OLD_NODE, args, { cwd: ROOT, env: environment(), encoding: 'utf8' })
    assert.equal(ended.status, 1)
    assert.equal(ended.stdout, '')
    assert.match(ended.stderr, /^Throughline needs Node [^\n]*npm ci[^\n]*\n$/)
    assert.ok(ended.stderr.includes(engines.node.replace('>=', '')))
    assert.ok(ended.stderr.includes(oldVersion.replace('v', '')))
  }
})
