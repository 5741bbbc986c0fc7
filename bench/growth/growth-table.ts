import { grid } from '../report/grid.ts'
import type { Cost, Size } from './growth.ts'

const HEAD = ['', 'CPU µs a request', 'µs for one more', 'RSS MB']

/** How the cost of a request grows with `what`: linear where one more costs the same in each row. */
export function growthTable(what: keyof Size, costs: readonly Cost[]): string {
  const rows = costs.map((cost, i) => {
    const before = costs[i - 1]
    return [
      `${cost[what]} ${what}`,
      cost.cpuMicros.toFixed(1),
      before === undefined ? '' : oneMore(what, before, cost).toFixed(3),
      (cost.rss / 1e6).toFixed(0),
    ]
  })
  return grid([HEAD, ...rows])
}

/** What one more of `what` costs on the way from one size to the next, in microseconds a request. */
export function oneMore(what: keyof Size, from: Cost, to: Cost): number {
  return (to.cpuMicros - from.cpuMicros) / (to[what] - from[what])
}
