import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { chart } from '../../../bench/report/chart.ts'
import { element } from '../../../bench/report/svg.ts'
import { onRoute, someResults } from './some-results.ts'

suite('the chart', () => {
  test('is one SVG whose elements all end', () => {
    const svg = chart(someResults())
    const open: string[] = []
    for (const [, end, name = '', empty] of svg.matchAll(/<(\/?)(\w+)[^<>]*?(\/?)>/g)) {
      if (end) assert.equal(open.pop(), name)
      else if (!empty) open.push(name)
    }
    assert.deepEqual(open, [])
    assert.match(svg, /^<svg [^<]*xmlns="http:\/\/www\.w3\.org\/2000\/svg"/)
    assert.doesNotMatch(svg, /NaN|undefined|Infinity/)
  })

  test('has bars as long as the ratios', () => {
    const [base = 0, ours = 0, peer = 0] = barsOf(chart(someResults())).map(({ width }) => width)
    assert.ok(base > 0)
    assert.deepEqual([ours / base, peer / base], [0.5, 0.25])
  })

  test('shows the ratio, what was lost, and no bar for who could not run', () => {
    const svg = chart(someResults())
    assert.match(svg, />0\.50<\/text>/)
    assert.match(svg, />0\.25, 10 % lost<\/text>/)
    assert.doesNotMatch(svg, /broken/)
  })

  test('leaves the bar hollow, and no number at it, where the spread is too wide', () => {
    const requestsRatio = { median: 0.5, low: 0.3, high: 0.7, noisy: true }
    const [route] = someResults().routes
    assert.ok(route)
    const variants = [onRoute('base', 1), onRoute('ours', 0.5, { requestsRatio })]
    const svg = chart(someResults({ routes: [{ ...route, variants }] }))
    const [base, ours] = barsOf(svg)
    assert.notEqual(base?.fill, '#ffffff')
    assert.equal(ours?.fill, '#ffffff')
    assert.equal(Number(ours?.width) / Number(base?.width), 0.5)
    assert.match(svg, />too noisy<\/text>/)
    assert.doesNotMatch(svg, />0\.50</)
  })

  test('has a panel for each route, side by side', () => {
    const [route] = someResults().routes
    assert.ok(route)
    const svg = chart(someResults({ routes: [route, { ...route, path: '/proxy' }] }))
    const xOf = (path: string) =>
      Number(new RegExp(`<text x="(\\d+)"[^>]*>GET ${path}<`).exec(svg)?.[1])
    assert.ok(xOf('/proxy') > xOf('/echo'))
    assert.equal(barsOf(svg).length, 6)
  })

  test('says whatever a name has in it as text', () => {
    assert.match(chart(someResults()), /A &lt;CPU&gt; &amp; more/)
    assert.equal(element('a', { b: '"<&' }), '<a b="&quot;&lt;&amp;"/>')
  })
})

/** The bars, in order: all rectangles but the background. */
function barsOf(svg: string) {
  const bars = svg.matchAll(
    /<rect x="[\d.]+" y="[\d.]+" width="([\d.]+)" height="14" fill="(.*?)"/g,
  )
  return [...bars].map(([, width, fill]) => ({ width: Number(width), fill }))
}
