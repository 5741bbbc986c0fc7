// `npm run bench`: what telemetry costs, ours and the peers' side by side.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { installPeers } from './install.ts'
import { chooseLoad } from './load/choose-load.ts'
import { chooseCores, stayOnCore } from './machine/cores.ts'
import { describeMachine } from './machine/machine.ts'
import { type BenchOptions, benchOptions, USAGE } from './options.ts'
import { progressOn } from './progress.ts'
import { chart } from './report/chart.ts'
import { withFigures } from './report/readme.ts'
import { summarize } from './report/summary.ts'
import { report } from './report/table.ts'
import { runBench } from './run/bench.ts'
import { FULL, QUICK } from './run/plan.ts'
import { VARIANTS } from './variants.ts'

const RESULTS = new URL('results/', import.meta.url)
const README = new URL('../README.md', import.meta.url)

async function main({ quick, only, help }: BenchOptions): Promise<void> {
  if (help) return console.log(USAGE)
  installPeers(console.log)
  const plan = quick ? QUICK : FULL
  const [base, ...others] = VARIANTS
  const wanted = others.filter(({ name }) => only.some((part) => name.includes(part)))
  const machine = describeMachine()
  const cores = chooseCores()
  if (cores) stayOnCore(cores.others)
  const { name, load } = chooseLoad()
  const progress = progressOn(process.stderr, Date.now)

  const seen = await runBench([base, ...(only.length > 0 ? wanted : others)], {
    plan,
    load,
    cores,
    progress,
  })
  progress('done\n')
  const results = summarize(seen, {
    at: new Date().toISOString(),
    quick,
    machine,
    cores: cores ?? null,
    load: { name, connections: plan.connections, roundSeconds: plan.roundSeconds },
  })
  console.log(report(results))
  mkdirSync(RESULTS, { recursive: true })
  const isWhole = !quick && only.length === 0
  const file = isWhole ? 'latest' : 'quick'
  writeFileSync(new URL(`${file}.json`, RESULTS), `${JSON.stringify(results, null, 2)}\n`)
  writeFileSync(new URL(`${file}.svg`, RESULTS), chart(results))
  if (isWhole) writeFileSync(README, withFigures(readFileSync(README, 'utf8'), results))
  console.log(`\nbench/results/${file}.json and ${file}.svg`)
}

// Its exit ends the servers too, which are held for most of the time and so see no signal.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1))

try {
  await main(benchOptions(process.argv.slice(2)))
} catch (error) {
  console.error(error instanceof TypeError ? `${error.message}\n\n${USAGE}` : error)
  process.exitCode = 1
}
