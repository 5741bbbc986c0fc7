import type { OnRoute, Results } from '../../../bench/report/results.ts'
import type { Estimate } from '../../../bench/statistics/spread.ts'

const exactly = (median: number): Estimate => ({ median, low: median, high: median, noisy: false })

/** A variant that does `ratio` of the base's requests. */
export function onRoute(name: string, ratio: number, more: Partial<OnRoute> = {}): OnRoute {
  return {
    name,
    requestsPerSecond: exactly(20_000 * ratio),
    requestsRatio: exactly(ratio),
    cpuMicros: exactly(50 / ratio),
    cpuRatio: exactly(1 / ratio),
    latencyMs: { p50: 0.1, p99: 1.25, p999: 2.5 },
    lateShare: 0,
    requests: 180_000,
    bytesPerRequest: 0,
    spansReceived: 0,
    spansDue: 0,
    spansLost: 0,
    ...more,
  }
}

/** A run of four variants, of which one fails and one loses spans. */
export function someResults(more: Partial<Results> = {}): Results {
  return {
    at: '2026-11-25T19:30:00.000Z',
    quick: false,
    machine: { cpu: 'A <CPU> & more', cores: 2, memoryGiB: 24, system: 'linux', loadAverage: 0.04 },
    node: 'v26.10.0',
    versions: { express: '5.3.0', pino: '10.4.0' },
    cores: { server: 1, others: 0, awake: true },
    load: { name: 'wrk', connections: 20, roundSeconds: 1 },
    busy: { median: 0.97, least: 0.95 },
    takenByOthers: { median: 0.01, most: 0.02 },
    variants: [
      {
        name: 'base',
        kind: 'base',
        startMs: exactly(150),
        startOverBaseMs: 0,
        rss: 1e8,
        rssRatio: 1,
      },
      {
        name: 'ours',
        kind: 'ours',
        startMs: exactly(500),
        startOverBaseMs: 350,
        rss: 2e8,
        rssRatio: 2,
      },
      {
        name: 'peer',
        kind: 'peer',
        version: '1.2.3',
        startMs: exactly(900),
        startOverBaseMs: 750,
        rss: 3e8,
        rssRatio: 3,
      },
      { name: 'broken', kind: 'peer', version: '4.5.6', error: 'not on this Node' },
    ],
    routes: [
      {
        path: '/echo',
        rounds: 9,
        rate: 1000,
        latencies: 3000,
        variants: [
          onRoute('base', 1),
          onRoute('ours', 0.5, { spansDue: 10, spansReceived: 10, bytesPerRequest: 1051 }),
          onRoute('peer', 0.25, { spansDue: 10, spansReceived: 9, spansLost: 0.1 }),
        ],
      },
    ],
    ...more,
  }
}
