import { z } from 'zod'
import { Machine } from '../machine/machine.ts'

const Estimate = z.object({
  median: z.number(),
  low: z.number(),
  high: z.number(),
  noisy: z.boolean(),
})

/** One variant on one route; a ratio is to the base in the same round. */
const OnRoute = z.object({
  name: z.string(),
  requestsPerSecond: Estimate,
  requestsRatio: Estimate,
  cpuMicros: Estimate,
  cpuRatio: Estimate,
  /** At the route's fixed rate, from when each request was due. */
  latencyMs: z.object({ p50: z.number(), p99: z.number(), p999: z.number() }),
  /** The share of these requests that the load itself sent late. */
  lateShare: z.number(),
  /** Requests of all rounds under full load, and what was exported of them. */
  requests: z.number(),
  bytesPerRequest: z.number(),
  spansReceived: z.number(),
  spansDue: z.number(),
  /** The share of the spans due that never came, beyond what sampling explains. */
  spansLost: z.number(),
})
export type OnRoute = z.infer<typeof OnRoute>

const Route = z.object({
  path: z.string(),
  rounds: z.number(),
  /** The fixed rate of the latencies, in requests a second, and how many were sent in all. */
  rate: z.number(),
  latencies: z.number(),
  variants: z.array(OnRoute),
})
export type Route = z.infer<typeof Route>

const Variant = z.object({
  name: z.string(),
  kind: z.enum(['base', 'ours', 'peer']),
  version: z.string().optional(),
  /** From the start of the process to the first answer, and how much later than the base, in milliseconds. */
  startMs: Estimate.optional(),
  startOverBaseMs: z.number().optional(),
  /** Resident memory after the run, in bytes, and as a ratio to the base. */
  rss: z.number().optional(),
  rssRatio: z.number().optional(),
  /** Why it was not measured. */
  error: z.string().optional(),
})
export type VariantResult = z.infer<typeof Variant>

/** What bench/results/latest.json holds. */
export const Results = z.object({
  at: z.string(),
  quick: z.boolean(),
  machine: Machine,
  node: z.string(),
  versions: z.record(z.string(), z.string()),
  /** The cores that the server and all else were kept to; null where they could not be. */
  cores: z
    .object({ server: z.number(), others: z.number(), awake: z.boolean().default(false) })
    .nullable(),
  load: z.object({ name: z.string(), connections: z.number(), roundSeconds: z.number() }),
  /** The share of the time that the servers were at work, over all rounds. */
  busy: z.object({ median: z.number(), least: z.number() }),
  /** The share of the server's core that others took, over all rounds; null where nobody counts it. */
  takenByOthers: z.object({ median: z.number(), most: z.number() }).nullable(),
  variants: z.array(Variant),
  routes: z.array(Route),
})
export type Results = z.infer<typeof Results>
