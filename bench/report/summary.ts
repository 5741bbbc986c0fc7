import { fileURLToPath } from 'node:url'
import { installedVersion } from '../machine/machine.ts'
import type { Seen } from '../run/bench.ts'
import type { Measured, Speed } from '../run/measured.ts'
import { median, quantile } from '../statistics/quantile.ts'
import { lostShare } from '../statistics/spans-due.ts'
import { estimate, ratio } from '../statistics/spread.ts'
import type { OnRoute, Results, Route, VariantResult } from './results.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const SHARED = ['express', 'pino', 'pino-http']

/** What the results say of the run itself, as it was set up. */
export type About = Pick<Results, 'at' | 'quick' | 'machine' | 'cores' | 'load'>

/** The figures of a run, each variant against the first; throws where that one failed, with its error. */
export function summarize({ all, rates }: Seen, about: About): Results {
  const [base] = all
  if (base === undefined || base.error !== undefined) {
    throw new Error(
      `without ${base?.variant.name} there is nothing to compare with: ${base?.error}`,
    )
  }
  const measured = all.filter(({ error }) => error === undefined)
  return {
    ...about,
    node: process.version,
    versions: Object.fromEntries(SHARED.map((name) => [name, installedVersion(name, ROOT)])),
    ...noiseOf(measured),
    variants: all.map((one) => variantResult(one, base)),
    routes: [...rates].map(([path, rate]) => routeResult(path, rate, measured, base)),
  }
}

function noiseOf(measured: readonly Measured[]): Pick<Results, 'busy' | 'takenByOthers'> {
  const rounds = measured
    .flatMap(({ routes }) => [...routes.values()])
    .flatMap(({ rounds }) => rounds)
  const busy = rounds.map((round) => round.busy)
  const taken = rounds.flatMap((round) => round.takenByOthers ?? [])
  return {
    busy: { median: median(busy), least: Math.min(...busy) },
    takenByOthers: taken.length === 0 ? null : { median: median(taken), most: Math.max(...taken) },
  }
}

function variantResult({ variant, error, startsMs, rss }: Measured, base: Measured): VariantResult {
  const { name, kind, peer, cwd } = variant
  const version = peer && versionOf(peer, cwd)
  const named = { name, kind, ...(version !== undefined && { version }) }
  if (error !== undefined) return { ...named, error }
  return {
    ...named,
    startMs: estimate(startsMs),
    startOverBaseMs: median(startsMs) - median(base.startsMs),
    rss,
    rssRatio: rss / base.rss,
  }
}

/** Undefined of one that is not installed, whose error says so. */
function versionOf(peer: string, cwd: string): string | undefined {
  try {
    return installedVersion(peer, cwd)
  } catch {
    return undefined
  }
}

function routeResult(path: string, rate: number, all: readonly Measured[], base: Measured): Route {
  const variants = all.map((one) => onRoute(path, one))
  const seen = base.routes.get(path)
  // The base has more, beside those of all others.
  const rounds = Math.min(...all.map(({ routes }) => routes.get(path)?.rounds.length ?? 0))
  return { path, rounds, rate, latencies: seen?.latencies.length ?? 0, variants }
}

function onRoute(path: string, { variant, routes }: Measured): OnRoute {
  const seen = routes.get(path)
  if (seen === undefined) throw new Error(`${path} was not measured`)
  const { rounds, requests, spans, bytesPerRequest, latencies, late } = seen
  const rate = ({ requestsPerSecond }: Speed) => requestsPerSecond
  const cpu = ({ cpuMicros }: Speed) => cpuMicros
  const bases = rounds.map(({ base }) => base)
  return {
    name: variant.name,
    requestsPerSecond: estimate(rounds.map(rate)),
    requestsRatio: ratio(rounds.map(rate), bases.map(rate)),
    cpuMicros: estimate(rounds.map(cpu)),
    cpuRatio: ratio(rounds.map(cpu), bases.map(cpu)),
    latencyMs: {
      p50: quantile(latencies, 0.5),
      p99: quantile(latencies, 0.99),
      p999: quantile(latencies, 0.999),
    },
    lateShare: late / latencies.length,
    requests,
    bytesPerRequest,
    spansReceived: spans.received,
    spansDue: spans.due,
    spansLost: lostShare(spans, variant.sampled, requests),
  }
}
