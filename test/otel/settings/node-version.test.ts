import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkNodeVersion } from '../../../otel/settings/node-version.ts'

test('a Node whose hooks cannot patch what is loaded is named, with those that can', () => {
  for (const version of [
    '18.20.8',
    '20.20.2',
    '22.9.0',
    '22.22.2',
    '23.11.1',
    '24.2.0',
    '25.0.0',
  ]) {
    assert.throws(() => checkNodeVersion(version), {
      name: 'BadEnvironment',
      message: new RegExp(`^Node ${version}: expected 22\\.22\\.3 or later of the 22s, .* 26`),
    })
  }
})

test('each Node that the package is for may start', () => {
  for (const version of ['22.22.3', '22.23.0', '24.12.0', '25.1.0', '26.0.0', '30.1.0']) {
    checkNodeVersion(version)
  }
  checkNodeVersion()
})
