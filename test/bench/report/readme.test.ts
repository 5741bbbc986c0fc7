import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { suite, test } from 'node:test'
import { chart } from '../../../bench/report/chart.ts'
import { withFigures } from '../../../bench/report/readme.ts'
import { Results } from '../../../bench/report/results.ts'
import { someResults } from './some-results.ts'

const ROOT = new URL('../../../', import.meta.url)
const read = (path: string) => readFileSync(new URL(path, ROOT), 'utf8')
const latest = () => Results.parse(JSON.parse(read('bench/results/latest.json')))

suite("the README's figures", () => {
  test('are those of bench/results/latest.json', () => {
    const readme = read('README.md')
    assert.equal(withFigures(readme, latest()), readme)
  })

  test('and its chart, are of the same run', () => {
    assert.equal(chart(latest()), read('bench/results/latest.svg'))
  })

  test('stand in their place, and nothing else changes, also the second time', () => {
    const readme = 'a\n\n<!-- npm run bench writes from here -->\nold\n<!-- to here -->\n\nb\n'
    const written = withFigures(readme, someResults())
    assert.match(written, /^a\n\n<!--.*-->\n\n\| GET \/echo, .*<!-- to here -->\n\nb\n$/s)
    assert.match(
      written,
      /^\| peer 1\.2\.3 \| 0\.25 \| 4\.00 \| 1\.25 \| 3\.00 \| 0\.90 s \| 10\.0 % lost \|$/m,
    )
    assert.doesNotMatch(written, /old/)
    assert.equal(withFigures(written, someResults()), written)
  })

  test('have no other place', () => {
    assert.throws(() => withFigures('a', someResults()), /has no place for figures/)
  })
})
