// `node bench/growth/main.ts`: how the cost of a request grows with connections, log lines and spans.
import { chooseLoad } from '../load/choose-load.ts'
import { chooseCores, stayOnCore } from '../machine/cores.ts'
import { progressOn } from '../progress.ts'
import { startDownstream } from '../run/downstream.ts'
import { QUICK } from '../run/plan.ts'
import { ours } from '../variants.ts'
import { type Cost, costOf, GROWING } from './growth.ts'
import { growthTable } from './growth-table.ts'

const ROUNDS = 3

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1))
const cores = chooseCores()
if (cores) stayOnCore(cores.others)
const progress = progressOn(process.stderr, Date.now)
const downstream = await startDownstream()
const stage = {
  plan: QUICK,
  load: chooseLoad().load,
  cores,
  downstreamUrl: downstream.url,
  progress() {},
}
const variant = ours('all sampled', 1, {}, 'growth/growing.ts')

const tables: string[] = []
for (const what of ['connections', 'lines', 'spans'] as const) {
  const costs: Cost[] = []
  for (const size of GROWING[what]) {
    progress(`${size[what]} ${what}`)
    costs.push(await costOf(size, variant, stage, ROUNDS))
  }
  tables.push(growthTable(what, costs))
}
progress('done\n')
downstream.close()
console.log(tables.join('\n\n'))
