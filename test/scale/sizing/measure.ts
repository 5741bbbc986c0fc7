// `node test/scale/sizing/measure.ts`: how many spans a second a core of each stage takes, for the table of
// deploy/scale/README.md. By CPU time, so that what else runs on the machine counts little.
import { test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { withoutTier } from '../engines/engines.ts'
import { startTier } from '../tier.ts'
import { usedBy } from './cpu.ts'
import { recordExport } from './recorded.ts'
import { replay } from './replay.ts'

const EXPORTS = 60

for (const keep of ['100', '10']) {
  test(`each stage, ${keep} % kept`, { skip: withoutTier() }, async (t) => {
    const recorded = await recordExport(t)
    const tier = await startTier(t, { sampling: { DECISION_WAIT: '2s', KEEP_PERCENT: keep } })
    await replay(tier.gateways, recorded, 10)
    await settled(tier)
    const before = used(tier)
    const startedAt = Date.now()
    await replay(tier.gateways, recorded, EXPORTS)
    const sentAt = Date.now()
    await settled(tier)
    const after = used(tier)
    const spans = EXPORTS * recorded.spans
    t.diagnostic(
      `${spans} spans of ${Math.round(recorded.body.length / recorded.spans)} bytes, sent in ${sentAt - startedAt} ms, stored in ${Date.now() - startedAt} ms`,
    )
    for (const [stage, { cpu, peakMiB }] of Object.entries(after)) {
      const seconds = cpu - (before[stage]?.cpu ?? 0)
      t.diagnostic(
        `${stage}: ${seconds.toFixed(2)} s, ${Math.round(spans / seconds)} spans in a second of a core, ${Math.round(peakMiB)} MiB`,
      )
    }
  })
}

type Tier = Awaited<ReturnType<typeof startTier>>

function used({ parts }: Tier) {
  const of = (...names: (keyof typeof parts)[]) => {
    const each = names.map((name) => usedBy(parts[name].pid))
    return {
      cpu: each.reduce((sum, { cpu }) => sum + cpu, 0),
      peakMiB: Math.max(...each.map(({ peakMiB }) => peakMiB)),
    }
  }
  const stages: Record<string, { cpu: number; peakMiB: number }> = {
    gateways: of('gateway1', 'gateway2'),
    samplers: of('sampler1', 'sampler2'),
    kafka: of('kafka'),
    ingesters: of('ingester1', 'ingester2'),
    cassandra: of('store'),
  }
  return stages
}

/** Until Cassandra has had nothing to do for three seconds. */
async function settled({ parts }: Tier): Promise<void> {
  let quiet = 0
  let last = usedBy(parts.ingester1.pid).cpu + usedBy(parts.ingester2.pid).cpu
  while (quiet < 4) {
    await setTimeout(1000)
    const now = usedBy(parts.ingester1.pid).cpu + usedBy(parts.ingester2.pid).cpu
    quiet = now - last < 0.05 ? quiet + 1 : 0
    last = now
  }
}
