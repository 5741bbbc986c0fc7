import { parseArgs } from 'node:util'

export interface BenchOptions {
  quick: boolean
  help: boolean
  /** What production may set, in place of all variants. */
  production: boolean
  /** Draws the last whole run again, and measures nothing. */
  redraw: boolean
  /** Only variants whose names hold one of these, and the base; all where there is none. */
  only: string[]
}

export const USAGE = `Usage: npm run bench -- [--quick] [--production] [--only NAME] [--redraw]

Measures what telemetry costs an Express app, ours and its peers' side by side.

  --quick      GET /echo alone and few rounds: a minute in place of ten
  --production what production may set, beside all sampled: three minutes
  --only NAME  only the variants whose names have NAME in them, and the base; may be repeated
  --redraw     draw the last whole run again, without measuring: after a change to how it is shown
  --help

A whole run writes bench/results/latest.json and latest.svg, or production.json and production.svg, and a table of the README; one with --quick or --only, quick.json and quick.svg.`

/** Reads the command line; throws a TypeError that says what is wrong with it. */
export function benchOptions(args: string[]): BenchOptions {
  const { values } = parseArgs({
    args,
    options: {
      quick: { type: 'boolean', default: false },
      only: { type: 'string', multiple: true, default: [] },
      production: { type: 'boolean', default: false },
      redraw: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  })
  return values
}
