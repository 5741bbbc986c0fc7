import type { OnRoute, Results, Route, VariantResult } from './results.ts'
import { element, label } from './svg.ts'

const MARGIN = 20
const NAMES = 275
const PANEL = 250
const ROW = 24
const BAR = 14
/** Above the bars: the title, and the names of the routes. */
const HEAD = 84
const FOOT = 54
/** Behind the longest bar, for what is written there. */
const VALUE = 90

const COLOURS = { base: '#57606a', ours: '#0f766e', peer: '#b0b8c1' } as const
const INK = '#1f2328'
const FAINT = '#6e7781'

/** The report as a picture: for each route a bar a variant, its requests a second as a ratio to the base. */
export function chart(results: Results): string {
  const { routes } = results
  const variants = results.variants.filter(({ error }) => error === undefined)
  const width = 2 * MARGIN + NAMES + routes.length * PANEL
  const height = HEAD + variants.length * ROW + FOOT
  return `${element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      viewBox: `0 0 ${width} ${height}`,
      width,
      height,
      'font-family': 'system-ui, sans-serif',
      'font-size': 13,
      fill: INK,
      role: 'img',
      'aria-label': 'Requests a second of each variant, as a ratio to Express, pino and pino-http',
    },
    [
      element('rect', { width, height, fill: '#ffffff' }),
      label('Requests a second on one core', {
        x: MARGIN,
        y: 30,
        'font-size': 17,
        'font-weight': 600,
      }),
      label('as a ratio to Express with pino and pino-http alone; the line is the spread', {
        x: MARGIN,
        y: 49,
        fill: FAINT,
      }),
      ...variants.map((variant, row) => nameOf(variant, row)),
      ...routes.map((route, i) => panel(route, variants, MARGIN + NAMES + i * PANEL)),
      ...foot(results, height),
    ],
  )}\n`
}

function nameOf({ name, version, kind }: VariantResult, row: number): string {
  return label(version === undefined ? name : `${shortName(name)} ${version}`, {
    x: MARGIN,
    y: middleOf(row) + 4.5,
    ...(kind === 'ours' && { 'font-weight': 600 }),
  })
}

/** The longest of the peers' names, which is the last part's alone. */
function shortName(name: string): string {
  return name.replace('@opentelemetry/', '')
}

function panel(route: Route, variants: readonly VariantResult[], x: number): string {
  const highest = Math.max(1, ...route.variants.map(({ requestsRatio }) => requestsRatio.median))
  const scale = (PANEL - VALUE) / highest
  const bottom = HEAD + variants.length * ROW
  const one = x + scale
  return element('g', {}, [
    label(`GET ${route.path}`, { x, y: HEAD - 10, 'font-weight': 600 }),
    element('line', { x1: one, x2: one, y1: HEAD, y2: bottom, stroke: '#d0d7de' }),
    ...variants.flatMap(({ name, kind }, row) => {
      const found = route.variants.find((each) => each.name === name)
      return found === undefined ? [] : bar(found, COLOURS[kind], { x, y: middleOf(row), scale })
    }),
  ])
}

interface Place {
  x: number
  y: number
  /** Pixels for a ratio of 1. */
  scale: number
}

/** A bar, its spread and its value; hollow where the spread is too wide. */
function bar({ requestsRatio, spansLost }: OnRoute, colour: string, place: Place): string[] {
  const { median, low, high, noisy } = requestsRatio
  const { x, y, scale } = place
  const end = Math.min(high * scale, PANEL - VALUE + 10)
  const value = noisy ? 'too noisy' : median.toFixed(2)
  const lost = spansLost > 0 ? `, ${Math.ceil(spansLost * 100)} % lost` : ''
  return [
    element('rect', {
      x,
      y: y - BAR / 2,
      width: median * scale,
      height: BAR,
      fill: noisy ? '#ffffff' : colour,
      stroke: colour,
    }),
    element('line', { x1: x + low * scale, x2: x + end, y1: y, y2: y, stroke: INK }),
    label(`${value}${lost}`, { x: x + Math.max(end, median * scale) + 6, y: y + 4.5 }),
  ]
}

function foot({ machine, node, load, at }: Results, height: number): string[] {
  const place = { x: MARGIN, 'font-size': 11, fill: FAINT }
  return [
    label('lost: spans that were due and never came', { ...place, y: height - 28 }),
    label(
      `${machine.cpu}, ${machine.cores} cores, Node ${node}, load by ${load.name}, ${at.slice(0, 10)}`,
      { ...place, y: height - 12 },
    ),
  ]
}

function middleOf(row: number): number {
  return HEAD + row * ROW + ROW / 2
}
