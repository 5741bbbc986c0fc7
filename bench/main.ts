// `npm run bench`: what telemetry costs, ours and the peers' side by side.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { installPeers } from './install.ts'
import { chooseLoad } from './load/choose-load.ts'
import { keepAwake } from './machine/awake.ts'
import { chooseCores, stayOnCore } from './machine/cores.ts'
import { describeMachine } from './machine/machine.ts'
import { type BenchOptions, benchOptions, USAGE } from './options.ts'
import { progressOn } from './progress.ts'
import { chart } from './report/chart.ts'
import { withFigures } from './report/readme.ts'
import { Results } from './report/results.ts'
import { summarize } from './report/summary.ts'
import { report } from './report/table.ts'
import { runBench } from './run/bench.ts'
import { FULL, PRODUCTION as PRODUCTION_PLAN, QUICK } from './run/plan.ts'
import { PRODUCTION, VARIANTS } from './variants.ts'

const RESULTS = new URL('results/', import.meta.url)
const README = new URL('../README.md', import.meta.url)

/** What each whole run is called by. */
const COMMANDS = { latest: 'npm run bench', production: 'npm run bench -- --production' }

async function main(options: BenchOptions): Promise<void> {
  const subject = options.production ? 'production' : 'latest'
  if (options.help) {
    console.log(USAGE)
  } else if (options.redraw) {
    const last = readFileSync(new URL(`${subject}.json`, RESULTS), 'utf8')
    write(Results.parse(JSON.parse(last)), subject)
  } else {
    const isWhole = !options.quick && options.only.length === 0
    write(await measure(options), isWhole ? subject : 'quick')
  }
}

async function measure({ quick, only, production }: BenchOptions): Promise<Results> {
  installPeers(console.log)
  const plan = quick ? QUICK : production ? PRODUCTION_PLAN : FULL
  const [base, ...others] = production ? PRODUCTION : VARIANTS
  const wanted = others.filter(({ name }) => only.some((part) => name.includes(part)))
  const machine = describeMachine()
  const cores = chooseCores()
  if (cores) stayOnCore(cores.others)
  const loop = cores?.awake ? keepAwake(cores.others) : undefined
  const { name, load } = chooseLoad()
  const progress = progressOn(process.stderr, Date.now)

  const seen = await runBench([base, ...(only.length > 0 ? wanted : others)], {
    plan,
    load,
    cores,
    progress,
  })
  loop?.kill()
  progress('done\n')
  return summarize(seen, {
    at: new Date().toISOString(),
    quick,
    machine,
    cores: cores ?? null,
    load: { name, connections: plan.connections, roundSeconds: plan.roundSeconds },
  })
}

/** Shows the results, and writes them as data and as a chart; those of a whole run into the README too. */
function write(results: Results, file: keyof typeof COMMANDS | 'quick'): void {
  console.log(report(results))
  mkdirSync(RESULTS, { recursive: true })
  // In the order of the schema, so that drawing them again changes nothing.
  const data = JSON.stringify(Results.parse(results), null, 2)
  writeFileSync(new URL(`${file}.json`, RESULTS), `${data}\n`)
  writeFileSync(new URL(`${file}.svg`, RESULTS), chart(results))
  if (file !== 'quick') {
    writeFileSync(README, withFigures(readFileSync(README, 'utf8'), results, COMMANDS[file]))
  }
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
