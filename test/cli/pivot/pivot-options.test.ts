import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Misuse } from '../../../cli/command/command-error.ts'
import { pivotOptions } from '../../../cli/pivot/pivot-options.ts'
import { runPivot } from '../run-pivot.ts'

test('the defaults suit a backend on this machine', () => {
  assert.deepEqual(pivotOptions(['abc-123'], {}), {
    text: 'abc-123',
    ui: 'http://localhost:16686',
    since: { text: '7d', ms: 7 * 86_400_000 },
    wait: { text: '6s', ms: 6000 },
    file: undefined,
    json: false,
  })
})

test('--ui wins over TRACE_UI_URL, and a path is kept without its last slash', () => {
  const env = { TRACE_UI_URL: 'https://traces.example/jaeger/?x=1' }
  assert.equal(pivotOptions(['x'], env).ui, 'https://traces.example/jaeger')
  assert.equal(pivotOptions(['x', '--ui', 'http://other:1/'], env).ui, 'http://other:1')
  assert.equal(pivotOptions(['x'], { TRACE_UI_URL: ' ' }).ui, 'http://localhost:16686')
})

test('a line that the shell split is one line', () => {
  assert.equal(pivotOptions(['INFO:', 'hi', 'trace_id:', 'x'], {}).text, 'INFO: hi trace_id: x')
})

test('misuse says what is wrong and what would be right', () => {
  const misuses: [string[], NodeJS.ProcessEnv, RegExp][] = [
    [[], {}, /nothing to look for\n\nUsage: npm run pivot/],
    [['x', '--nonsense'], {}, /--nonsense.*Usage/s],
    [['x', '--ui'], {}, /--ui.*Usage/s],
    [['x', '--ui', 'localhost:16686'], {}, /--ui=localhost:16686: expected a URL such as http:/],
    [['x'], { TRACE_UI_URL: 'nonsense' }, /TRACE_UI_URL=nonsense: expected a URL/],
    [['x', '--ui', 'http://me:secret@host'], {}, /^--ui: expected a URL without user name/],
    [['x', '--ui', 'http://me@host'], {}, /^--ui: expected a URL without user name/],
    [['x'], { TRACE_UI_URL: 'http://:secret@host' }, /^TRACE_UI_URL: expected a URL without/],
    [['x', '--since', 'yesterday'], {}, /--since=yesterday: expected a number with s, m, h or d/],
    [['x', '--since', '99999d'], {}, /--since=99999d/],
    [['x', '--since', 'last 7d'], {}, /--since=last 7d: expected/],
    [['x', '--since', '7days'], {}, /--since=7days: expected/],
    [['x', '--wait', '6'], {}, /--wait=6: expected/],
  ]
  for (const [args, env, message] of misuses) {
    assert.throws(
      () => pivotOptions(args, env),
      (error) => error instanceof Misuse && message.test(error.message),
      args.join(' '),
    )
  }
})

test('misuse ends with 2, and so does a text without an id', async () => {
  assert.equal((await runPivot([])).status, 2)
  const wordless = await runPivot(['{"msg":"no id"}'])
  assert.equal(wordless.status, 2)
  assert.match(wordless.stderr, /no trace id or correlation id/)
  const empty = await runPivot(['-'], { stdin: '\n' })
  assert.equal(empty.status, 2)
  assert.match(empty.stderr, /no line on stdin has/)
})

test('--help is no misuse', async () => {
  const { status, stdout } = await runPivot(['--help'])
  assert.equal(status, 0)
  assert.match(stdout, /^Usage/)
})
