import assert from 'node:assert/strict'
import { test } from 'node:test'
import { nodeVersion, satisfies } from '../../../../cli/doctor/findings/runtime.ts'
import { ROOT } from '../../command-process.ts'

test('Node is measured by the engines of ours', () => {
  assert.equal(nodeVersion(ROOT, '24.12.0').state, 'ok')
  const old = nodeVersion(ROOT, '24.9.0')
  assert.equal(old.state, 'wrong')
  assert.equal(old.found, '24.9.0, and Throughline needs >=24.12.0')
})

test('ranges as engines have them', () => {
  const ranges: [string, string[], string[]][] = [
    ['>=24.12.0', ['24.12.0', '26.10.0'], ['24.9.0', '22.22.3']],
    ['^22.22.3 || 24 || >=26', ['22.22.10', '24.0.0', '27.1.0'], ['22.9.0', '23.0.0', '25.1.0']],
    ['24.x', ['24.0.0'], ['26.0.0']],
    ['*', ['20.0.0'], []],
  ]
  for (const [range, inside, outside] of ranges) {
    for (const version of inside) assert.ok(satisfies(version, range), `${version} in ${range}`)
    for (const version of outside) assert.ok(!satisfies(version, range), `${version} in ${range}`)
  }
})
