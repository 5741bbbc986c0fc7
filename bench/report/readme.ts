import { latencyText, ratioOnly, spansText } from './figures.ts'
import type { OnRoute, Results, VariantResult } from './results.ts'

const END = '<!-- to here -->'

/** The README with the figures of what `command` has measured in their place; throws where it has no such place. */
export function withFigures(readme: string, results: Results, command: string): string {
  const start = `<!-- ${command} writes from here -->`
  const [before, rest] = readme.split(start)
  const end = rest?.indexOf(END) ?? -1
  if (before === undefined || rest === undefined || end < 0) {
    throw new Error(`README.md has no place for figures: put ${start} and ${END} where they belong`)
  }
  return `${before}${start}\n\n${figures(results)}\n\n${rest.slice(end)}`
}

/** The first route as a table, and what it was measured on. */
function figures({ routes, variants, machine, node, load, at }: Results): string {
  const [route] = routes
  if (route === undefined) throw new Error('the run has measured no route')
  const rows = variants.flatMap((variant) => {
    const seen = route.variants.find(({ name }) => name === variant.name)
    return seen === undefined ? [] : [row(variant, seen)]
  })
  const about = `Medians of ${route.rounds} rounds, as ratios to the first line; ${machine.cpu}, ${machine.cores} cores, Node ${node}, load by ${load.name}, ${at.slice(0, 10)}.`
  return [
    `| GET ${route.path}, one core | requests a second | CPU a request | p99 ms | memory | start-up | spans |`,
    '|---|---|---|---|---|---|---|',
    ...rows,
    '',
    about,
  ].join('\n')
}

function row({ name, version, rssRatio, startMs }: VariantResult, seen: OnRoute): string {
  const cells = [
    version === undefined ? name : `${name} ${version}`,
    ratioOnly(seen.requestsRatio),
    ratioOnly(seen.cpuRatio),
    latencyText(seen, 'p99'),
    (rssRatio ?? Number.NaN).toFixed(2),
    `${((startMs?.median ?? Number.NaN) / 1000).toFixed(2)} s`,
    spansText(seen),
  ]
  return `| ${cells.join(' | ')} |`
}
