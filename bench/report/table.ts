import { count, latencyText, orNothing, ratioText, spansText } from './figures.ts'
import { grid } from './grid.ts'
import type { Results, Route, VariantResult } from './results.ts'

/** The whole report, as the terminal shows it. */
export function report(results: Results): string {
  const failed = results.variants.flatMap(({ name, error }) =>
    error === undefined ? [] : [`${name} did not run: ${error}`],
  )
  return [
    aboutRun(results),
    ...results.routes.map(routeTable),
    processTable(results.variants),
    ...failed,
  ].join('\n\n')
}

/** A server that is at work for less of a round has been waiting for the load. */
const BUSY = 0.9

function aboutRun({ machine, node, versions, cores, load, busy, takenByOthers }: Results): string {
  const { cpu, memoryGiB, system, loadAverage } = machine
  const packages = Object.entries(versions).map(([name, version]) => `${name} ${version}`)
  const others = takenByOthers
    ? `; others took ${percent(takenByOthers.median)} of its core, ${percent(takenByOthers.most)} at the most`
    : ''
  return [
    `${cpu}, ${machine.cores} cores, ${memoryGiB} GiB, ${system}; load average ${loadAverage.toFixed(2)} before`,
    `Node ${node}, ${packages.join(', ')}; load by ${load.name}, ${load.connections} connections`,
    cores
      ? `the server alone on core ${cores.server}; load, sink and downstream on core ${cores.others}${cores.awake ? ', which is kept awake' : ''}`
      : 'no taskset or a single core: server, load and sink share all of it, and the figures mean little',
    `in a round the server was at work ${percent(busy.median)} of the time, ${percent(busy.least)} at the least${others}`,
    ...(busy.median < BUSY
      ? [
          'the load was the limit, not the server: go by the CPU µs, and run it again on a quiet machine',
        ]
      : []),
  ].join('\n')
}

function percent(share: number): string {
  return `${(share * 100).toFixed(0)} %`
}

const ROUTE_HEAD = [
  '',
  'req/s',
  'of base',
  'CPU µs',
  'of base',
  'p50',
  'p99',
  'p99.9 ms',
  'bytes',
  'spans',
]

function routeTable({ path, rounds, rate, latencies, variants }: Route): string {
  const rows = variants.map((one) => [
    one.name,
    count(one.requestsPerSecond.median),
    ratioText(one.requestsRatio),
    one.cpuMicros.median.toFixed(1),
    ratioText(one.cpuRatio),
    latencyText(one, 'p50'),
    latencyText(one, 'p99'),
    latencyText(one, 'p999'),
    count(one.bytesPerRequest),
    spansText(one),
  ])
  const title = `GET ${path}: ${rounds} rounds under full load, then ${count(latencies)} requests at ${count(rate)} a second`
  return `${title}\n${grid([ROUTE_HEAD, ...rows])}`
}

const PROCESS_HEAD = ['', 'version', 'start ms', 'over base', 'RSS MB', 'of base']

function processTable(variants: readonly VariantResult[]): string {
  const rows = variants.map(({ name, version, startMs, startOverBaseMs, rss, rssRatio }) => [
    name,
    version ?? '',
    orNothing(startMs?.median, count),
    orNothing(startOverBaseMs, count),
    orNothing(rss, (bytes) => count(bytes / 1e6)),
    orNothing(rssRatio, (value) => value.toFixed(2)),
  ])
  return `From the start to the first answer, and resident memory after the run\n${grid([PROCESS_HEAD, ...rows])}`
}
