import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { onSignals } from '../../../../src/throughline/ending/signals.ts'

const CASES: [string, [NodeJS.Signals, number][], NodeJS.Signals[]][] = [
  ['a supervisor signals the process and its group', at('SIGTERM', 0, 8, 200), []],
  ['one Ctrl-C is passed on by npm and by node --watch', at('SIGINT', 0, 3, 150), []],
  ['the same signal comes later', at('SIGTERM', 0, 201), ['SIGTERM']],
  ['another signal comes at once', [...at('SIGTERM', 0), ...at('SIGINT', 1)], ['SIGINT']],
  ['a terminal is closed after that', [...at('SIGINT', 0), ...at('SIGHUP', 1)], ['SIGHUP']],
]
for (const [what, signals, again] of CASES) {
  test(`${what}: ${again.length === 0 ? 'one signal' : 'a second signal'}`, (t) => {
    const seen = signalled(t, signals)
    assert.deepEqual(seen.first, [signals[0]?.[0]])
    assert.deepEqual(seen.again, again)
  })
}

/** What is called when these signals arrive, each at its time in milliseconds. */
function signalled(t: TestContext, signals: [NodeJS.Signals, number][]) {
  const listeners: [NodeJS.Signals, () => void][] = []
  t.mock.method(process, 'on', (signal: NodeJS.Signals, listener: () => void) =>
    listeners.push([signal, listener]),
  )
  const seen = { first: [] as string[], again: [] as string[] }
  let now = 5000
  onSignals(
    (signal) => seen.first.push(signal),
    (signal) => seen.again.push(signal),
    () => now,
  )
  for (const [signal, ms] of signals) {
    now = 5000 + ms
    for (const [name, listener] of listeners) if (name === signal) listener()
  }
  return seen
}

function at(signal: NodeJS.Signals, ...times: number[]): [NodeJS.Signals, number][] {
  return times.map((ms) => [signal, ms])
}
