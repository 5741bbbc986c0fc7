import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { test } from 'node:test'
import { ROOT } from '../command-process.ts'

for (const command of [
  'cli/main.ts --help',
  'cli/main.ts demo --help',
  'cli/main.ts doctor --help',
  'cli/main.ts pivot --help',
  'cli/main.ts viewer --help',
  'cli/dev/dev.ts --help',
])
  test(`${command}: nobody has to read what it says, as head does not`, async () => {
    const child = spawn(process.execPath, command.split(' '), {
      cwd: ROOT,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    child.stdout.destroy()
    const [stderr, [code]] = await Promise.all([text(child.stderr), once(child, 'close')])
    assert.deepEqual([stderr, code], ['', 0])
  })
