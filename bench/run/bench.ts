import type { Variant } from '../variants.ts'
import { startDownstream } from './downstream.ts'
import { Measured } from './measured.ts'
import { measureOnRoute } from './on-route.ts'
import type { Stage } from './stage.ts'
import { timeStarts } from './starts.ts'

/** All that was seen in a run. */
export interface Seen {
  all: Measured[]
  /** The fixed rate of the latencies, in requests a second, by route. */
  rates: Map<string, number>
}

/** Measures all variants side by side; one that cannot run says so in `error`, and stops no other. */
export async function runBench(
  variants: readonly Variant[],
  options: Omit<Stage, 'downstreamUrl'>,
): Promise<Seen> {
  const downstream = await startDownstream()
  const stage = { ...options, downstreamUrl: downstream.url }
  const all = await Promise.all(variants.map((variant) => Measured.prepare(variant)))
  const rates = new Map<string, number>()
  const killAll = () => {
    for (const one of all) one.kill()
  }
  process.once('exit', killAll)
  try {
    await timeStarts(all, stage)
    for (const route of stage.plan.routes) {
      rates.set(route.path, await measureOnRoute(all, route, stage))
    }
    for (const one of all) {
      await one.attempt(async (measured) => {
        measured.server.letGo()
        measured.rss = (await measured.server.tally()).rss
      })
    }
    return { all, rates }
  } finally {
    await Promise.all(all.map((one) => one.close()))
    process.off('exit', killAll)
    downstream.close()
  }
}
