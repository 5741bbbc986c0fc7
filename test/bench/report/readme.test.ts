import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { suite, test } from 'node:test'
import { chart } from '../../../bench/report/chart.ts'
import { withFigures } from '../../../bench/report/readme.ts'
import { Results } from '../../../bench/report/results.ts'
import { someResults } from './some-results.ts'

const ROOT = new URL('../../../', import.meta.url)
const read = (path: string) => readFileSync(new URL(path, ROOT), 'utf8')
const resultsIn = (name: string) => Results.parse(JSON.parse(read(`bench/results/${name}.json`)))
const COMMANDS = { latest: 'npm run bench', production: 'npm run bench -- --production' }

suite("the README's figures", () => {
  for (const [name, command] of Object.entries(COMMANDS)) {
    test(`are those of bench/results/${name}.json`, () => {
      const readme = read('README.md')
      assert.equal(withFigures(readme, resultsIn(name), command), readme)
    })

    test(`and its chart, are of the same run: ${name}.svg`, () => {
      assert.equal(chart(resultsIn(name)), read(`bench/results/${name}.svg`))
    })
  }

  test('stand in their place, and nothing else changes, also the second time', () => {
    const readme = 'a\n\n<!-- npm run bench writes from here -->\nold\n<!-- to here -->\n\nb\n'
    const written = withFigures(readme, someResults(), 'npm run bench')
    assert.match(written, /^a\n\n<!--.*-->\n\n\| GET \/echo, .*<!-- to here -->\n\nb\n$/s)
    assert.match(
      written,
      /^\| peer 1\.2\.3 \| 0\.25 \| 4\.00 \| 1\.25 \| 3\.00 \| 0\.90 s \| 10\.0 % lost \|$/m,
    )
    assert.doesNotMatch(written, /old/)
    assert.equal(withFigures(written, someResults(), 'npm run bench'), written)
  })

  test('have no other place', () => {
    assert.throws(() => withFigures('a', someResults(), 'x'), /has no place for figures/)
  })
})
