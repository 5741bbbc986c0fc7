import { arrivals } from '../load/arrivals.ts'
import { median } from '../statistics/quantile.ts'
import { fullRound, QUIET_MS } from './full-round.ts'
import type { ComparedRound, Measured, OnRoute, Round, Speed } from './measured.ts'
import { shuffled } from './shuffled.ts'
import { settle, spansPerRequest } from './spans.ts'
import type { Stage } from './stage.ts'

/** The fixed rate is this share of what the slowest variant can do: below saturation for all, and the same. */
const RATE_SHARE = 0.5
/** Until a server that was held is at it again. */
const WARM_UP_SECONDS = 0.1

/** Measures every variant on one route; resolves to the fixed rate of the latencies, in requests a second. */
export async function measureOnRoute(
  all: readonly Measured[],
  route: { path: string; rounds: number },
  stage: Stage,
): Promise<number> {
  const { path } = route
  for (const { routes } of all) routes.set(path, nothingYet())
  stage.progress(`GET ${path}: spans a request`)
  // Of what went before, so that it does not count here; at first it is a request or two, which rounding takes away.
  if (route !== stage.plan.routes[0]) await settle(all)
  const perRequest = await spansPerRequest(all, path)
  await underFullLoad(all, route, perRequest, stage)
  return atFixedRate(all, path, stage)
}

function nothingYet(): OnRoute {
  return {
    rounds: [],
    requests: 0,
    spans: { received: 0, due: 0 },
    bytesPerRequest: 0,
    latencies: [],
    late: 0,
  }
}

async function underFullLoad(
  all: readonly Measured[],
  { path, rounds }: { path: string; rounds: number },
  perRequest: ReadonlyMap<Measured, number>,
  stage: Stage,
): Promise<void> {
  const before = new Map(all.map((one) => [one, one.sink.received()]))
  for (let round = 0; round <= rounds; round++) {
    const isWarmUp = round === 0
    stage.progress(`GET ${path}: ${isWarmUp ? 'warm-up' : `round ${round} of ${rounds}`}`)
    const compared = await comparedRound(all, path, stage)
    if (isWarmUp) continue
    for (const [one, figures] of compared) onRoute(one, path).rounds.push(figures)
  }
  stage.progress(`GET ${path}: waiting for the last spans`)
  await settle(all)
  for (const one of all) {
    const seen = onRoute(one, path)
    const received = one.sink.received()
    const { spans = 0, bytes = 0 } = before.get(one) ?? {}
    const due = seen.requests * one.variant.sampled * (perRequest.get(one) ?? 0)
    seen.spans = { received: received.spans - spans, due }
    seen.bytesPerRequest = (received.bytes - bytes) / seen.requests
  }
}

/** How many variants take their turn between two of the base: what slows a machine for some seconds slows them all. */
const BETWEEN_BASES = 5

/** One round of each, in any order, and of the base, which is the first of all, before and after every few of them. */
async function comparedRound(
  [base, ...others]: readonly Measured[],
  path: string,
  stage: Stage,
): Promise<[Measured, ComparedRound][]> {
  if (base === undefined) return []
  const compared: [Measured, ComparedRound][] = []
  const waiting = shuffled(others)
  let before = await oneRound(base, path, stage)
  do {
    const between: [Measured, Round][] = []
    for (const one of waiting.splice(0, BETWEEN_BASES)) {
      const round = await oneRound(one, path, stage)
      if (round !== undefined) between.push([one, round])
    }
    const after = await oneRound(base, path, stage)
    // Without its base nothing can be said of the rest, which the summary does.
    if (before === undefined || after === undefined) return []
    const speed = middle(before, after)
    for (const [one, round] of between) compared.push([one, { ...round, base: speed }])
    compared.push([base, { ...after, base: after }])
    before = after
  } while (waiting.length > 0)
  return compared
}

function middle(a: Speed, b: Speed): Speed {
  return {
    requestsPerSecond: (a.requestsPerSecond + b.requestsPerSecond) / 2,
    cpuMicros: (a.cpuMicros + b.cpuMicros) / 2,
  }
}

/** Undefined of a variant that has failed. */
async function oneRound(one: Measured, path: string, stage: Stage): Promise<Round | undefined> {
  let done: Round | undefined
  await one.attempt(async (measured) => {
    const { requests, ...round } = await fullRound(measured, path, stage)
    onRoute(measured, path).requests += requests
    measured.sink.received() // read now, and not in somebody's round
    done = round
  })
  return done
}

async function atFixedRate(all: readonly Measured[], path: string, stage: Stage): Promise<number> {
  const { plan } = stage
  const slowest = Math.min(
    ...all
      .filter(({ error }) => error === undefined)
      .map((one) => median(onRoute(one, path).rounds.map((round) => round.requestsPerSecond))),
  )
  const rate = Math.max(1, Math.floor(slowest * RATE_SHARE))
  for (let round = 1; round <= plan.latencyRounds; round++) {
    stage.progress(`GET ${path}: ${rate} requests a second, ${round} of ${plan.latencyRounds}`)
    for (const one of shuffled(all)) {
      await one.attempt(async (measured) => {
        measured.server.letGo()
        await measured.server.tally()
        const { latencySeconds: seconds, connections } = plan
        const url = measured.server.url + path
        await arrivals({ url, rate, seconds: WARM_UP_SECONDS, connections })
        const took = await arrivals({ url, rate, seconds, connections })
        const seen = onRoute(measured, path)
        seen.latencies.push(...took.latencies)
        seen.late += took.late
        await measured.sink.quiet(QUIET_MS)
        measured.server.hold()
        measured.sink.received()
      })
    }
  }
  return rate
}

function onRoute({ routes, variant }: Measured, path: string): OnRoute {
  const seen = routes.get(path)
  if (seen === undefined) throw new Error(`${variant.name} has not been asked for ${path}`)
  return seen
}
