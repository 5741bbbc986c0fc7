import assert from 'node:assert/strict'
import { test } from 'node:test'
import { evidenceIn } from '../../../../cli/doctor/probe/evidence.ts'

test('telemetry that shows to be incomplete only later counts as such', () => {
  const { on } = evidenceOf(
    { msg: 'telemetry on', traces: 'none', patched: ['http'] },
    { msg: 'telemetry incomplete', unpatched: ['express'], reason: 'it is bundled' },
  )
  assert.deepEqual([on?.unpatched, on?.reason], [['express'], 'it is bundled'])
})

test('what others write among the lines proves nothing', () => {
  const { on, off, failures, probed } = evidenceOf('a banner', { msg: 5 }, null, {
    msg: 'telemetry export failing',
  })
  assert.deepEqual([on, off, failures.size, probed], [undefined, undefined, 0, undefined])
})

function evidenceOf(...lines: unknown[]) {
  const text = lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line)))
  return evidenceIn({ stdout: text.join('\n'), stderr: '', status: 0, hung: false })
}
