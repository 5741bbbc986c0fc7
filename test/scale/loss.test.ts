import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startApps } from './apps.ts'
import { withoutTier } from './engines/engines.ts'
import { type Sent, startLoad } from './load.ts'
import { storedSpans, untilStored } from './stored.ts'
import { startTier } from './tier.ts'

const DECISION_WAIT_MS = 2000
/** Between a decision and Kafka's answer: the batch, and a busy machine. */
const ON_ITS_WAY_MS = 1000
/** GET /proxy, its call, and GET /echo of the downstream. */
const SPANS = 3

test('what goes away under load, and comes back, takes no span along', {
  skip: withoutTier(),
}, async (t) => {
  const tier = await startTier(t, { DECISION_WAIT: `${DECISION_WAIT_MS}ms`, KEEP_PERCENT: '100' })
  const { app, downstream } = await startApps(t, tier)

  /** The traces of a load during which `part` was ended, and started again, and when. */
  async function without(part: keyof typeof tier.parts, signal: NodeJS.Signals) {
    const load = startLoad(`${app.url}/proxy`)
    await load.more(200)
    const goneAt = Date.now()
    await tier.parts[part].stop(signal)
    await load.more(200)
    await tier.parts[part].start()
    const backAt = Date.now()
    await load.more(200)
    return { sent: await load.stop(), goneAt, backAt }
  }

  for (const [part, signal] of [
    ['ingester1', 'SIGTERM'],
    ['ingester1', 'SIGKILL'],
    ['kafka', 'SIGTERM'],
    ['kafka', 'SIGKILL'],
    ['cassandra', 'SIGKILL'],
    ['sampler1', 'SIGTERM'],
    ['gateway1', 'SIGTERM'],
    ['gateway1', 'SIGKILL'],
  ] as const) {
    await t.test(`${part}, ended by ${signal}`, async () => {
      const { sent } = await without(part, signal)
      await untilStored(tier.ui, ids(sent), SPANS)
    })
  }

  await t.test('sampler1, ended by SIGKILL, but its share of the last decision_wait', async (t) => {
    const { sent, goneAt } = await without('sampler1', 'SIGKILL')
    const undecided = ({ at }: Sent) =>
      at > goneAt - DECISION_WAIT_MS - ON_ITS_WAY_MS && at <= goneAt
    await untilStored(tier.ui, ids(sent.filter((one) => !undecided(one))), SPANS)
    const risked = sent.filter(undecided)
    const found = await Promise.all(ids(risked).map((id) => storedSpans(tier.ui, id)))
    const lost = found.filter(({ size }) => size < SPANS).length
    t.diagnostic(`${lost} of ${risked.length} traces of that time`)
    assert.ok(lost < risked.length, 'the other sampler has its share')
  })

  for (const each of [app, downstream]) {
    const { lines } = await each.stop()
    assert.deepEqual(
      lines.filter(({ msg }) => String(msg).startsWith('telemetry export')),
      [],
    )
  }
})

function ids(sent: readonly Sent[]): string[] {
  return sent.map(({ traceId }) => traceId)
}
