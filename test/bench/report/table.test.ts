import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { grid } from '../../../bench/report/grid.ts'
import { report } from '../../../bench/report/table.ts'
import { onRoute, someResults } from './some-results.ts'

suite('the report', () => {
  test('has for each variant its figures, and beside its speed what it lost', () => {
    const lines = report(someResults()).split('\n')
    const row = (name: string) => lines.find((line) => line.startsWith(name))?.split(/ {2,}/)
    assert.deepEqual(row('ours'), [
      'ours',
      '10,000',
      '0.50 (0.50–0.50)',
      '100.0',
      '2.00 (2.00–2.00)',
      '0.10',
      '1.25',
      '2.50',
      '1,051',
      'all',
    ])
    assert.equal(row('peer')?.at(-1), '10.0 % lost')
    assert.equal(row('base')?.at(-1), '–')
  })

  test('names the machine, the load and what else was going on', () => {
    const text = report(someResults())
    assert.match(text, /A <CPU> & more, 2 cores, 24 GiB/)
    assert.match(
      text,
      /Node v26\.10\.0, express 5\.3\.0, pino 10\.4\.0; load by wrk, 20 connections/,
    )
    assert.match(text, /at work 97 % of the time, 95 % at the least; others took 1 % of its core/)
  })

  test('lists with its error who could not run', () => {
    assert.match(report(someResults()), /^broken did not run: not on this Node$/m)
  })

  test('has start-up and memory of each', () => {
    assert.match(report(someResults()), /^peer +1\.2\.3 +900 +750 +300 +3\.00$/m)
    assert.match(report(someResults()), /^broken +4\.5\.6 +– +– +– +–$/m)
  })

  test('gives no ratio that is too noisy to mean one', () => {
    const requestsRatio = { median: 0.5, low: 0.3, high: 0.7, noisy: true }
    const [route] = someResults().routes
    assert.ok(route)
    const routes = [{ ...route, variants: [onRoute('ours', 0.5, { requestsRatio })] }]
    const text = report(someResults({ routes }))
    assert.match(text, /too noisy \(0\.30–0\.70\)/)
    assert.doesNotMatch(text, /0\.50 \(/)
  })

  test('gives no latency above which as many requests lie as the load itself sent late', () => {
    const [route] = someResults().routes
    assert.ok(route)
    const routes = [{ ...route, variants: [onRoute('ours', 0.5, { lateShare: 0.005 })] }]
    assert.match(report(someResults({ routes })), /^ours .* 0\.10 +1\.25 +noise /m)
  })

  test('says where the load was the limit', () => {
    const limited = report(someResults({ busy: { median: 0.7, least: 0.5 } }))
    assert.match(limited, /the load was the limit, not the server/)
    assert.doesNotMatch(report(someResults()), /the load was the limit/)
  })

  test('says where nothing could be kept to a core', () => {
    assert.match(report(someResults({ cores: null })), /no taskset or a single core/)
  })
})

test('a grid has its first column to the left and the others to the right', () => {
  assert.equal(
    grid([
      ['', 'a'],
      ['name', '10'],
      ['n', '7'],
    ]),
    '       a\nname  10\nn      7',
  )
})
