import { randomBytes } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import type { Measured } from './measured.ts'
import { ask } from './starts.ts'

/** Requests that show how many spans one makes while nothing is lost. */
const REQUESTS = 20

/** No batch waits longer than this, in milliseconds: OpenTelemetry's own limit is 5000. */
const LONGEST_DELAY_MS = 6000
/** A backlog is sent when nothing has come for so long, in milliseconds. */
const NO_MORE_MS = 1000
const POLL_MS = 250
/** What a tracer makes of its own exports is no reason to wait: so many spans of each variant, at the most. */
const OWN_SPANS = 2
/** Whoever goes on sending for so long is not waited for, in milliseconds. */
const PATIENCE_MS = 30_000

/** Lets all servers send what they still have, and holds them again. */
export async function settle(all: readonly Measured[]): Promise<void> {
  const running = all.filter(({ error }) => error === undefined)
  for (const { server } of running) server.letGo()
  const counts = () => running.map(({ sink }) => sink.received().spans)
  const began = performance.now()
  const since = (time: number) => performance.now() - time
  let last = counts()
  let lastArrival = began
  const isOver = () => since(began) >= LONGEST_DELAY_MS && since(lastArrival) >= NO_MORE_MS
  while (!isOver() && since(began) < PATIENCE_MS) {
    await delay(POLL_MS)
    const now = counts()
    if (now.some((spans, i) => spans - (last[i] ?? 0) > OWN_SPANS)) lastArrival = performance.now()
    last = now
  }
  for (const { server } of running) server.hold()
}

/** How many spans one request to `path` makes in each variant, where all that is sampled arrives. */
export async function spansPerRequest(
  all: readonly Measured[],
  path: string,
): Promise<Map<Measured, number>> {
  const before = new Map(all.map((one) => [one, one.sink.received().spans]))
  for (const one of all) {
    await one.attempt(async ({ server }) => {
      server.letGo()
      for (let i = 0; i < REQUESTS; i++) await ask(server.url + path, sampledByCaller())
    })
  }
  await settle(all)
  const perRequest = (one: Measured) =>
    Math.round((one.sink.received().spans - (before.get(one) ?? 0)) / REQUESTS)
  return new Map(all.map((one) => [one, perRequest(one)]))
}

/** A caller that has sampled its trace: a sampler that goes by its parent keeps this one too. */
function sampledByCaller() {
  const [traceId, spanId] = [randomBytes(16).toString('hex'), randomBytes(8).toString('hex')]
  return { traceparent: `00-${traceId}-${spanId}-01` }
}
