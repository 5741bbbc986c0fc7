import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { startApps } from './apps.ts'
import { withoutTier } from './engines/engines.ts'
import { type Sent, startLoad } from './load.ts'
import { storedSpans, untilStored } from './stored.ts'
import { startTier, type TierOptions } from './tier.ts'

const DECISION_WAIT_MS = 1000
/** Between a decision and Kafka's answer: the batch, and a busy machine. */
const ON_ITS_WAY_MS = 1000
/** GET /proxy, its call, and GET /echo of the downstream. */
const SPANS = 3

test('what goes away under load, and comes back, takes no span along', {
  skip: withoutTier(),
}, async (t) => {
  const { ui, url, parts, without, end } = await underLoad(t)
  for (const [part, signal] of [
    ['ingester1', 'SIGTERM'],
    ['ingester1', 'SIGKILL'],
    ['kafka', 'SIGTERM'],
    ['kafka', 'SIGKILL'],
    ['store', 'SIGTERM'],
    ['sampler1', 'SIGTERM'],
    ['gateway1', 'SIGTERM'],
    ['gateway1', 'SIGKILL'],
  ] as const) {
    await t.test(`${part}, by ${signal}`, async () => {
      const { sent } = await without(part, signal)
      await untilStored(ui, ids(sent), SPANS)
    })
  }

  await t.test('gateway1, by SIGKILL, with what it holds for a sampler that is away', async () => {
    const load = startLoad(`${url}/proxy`)
    await load.more(PHASE)
    await parts.sampler1.stop()
    await load.more(PHASE)
    await parts.gateway1.stop('SIGKILL')
    await Promise.all([parts.gateway1.start(), parts.sampler1.start()])
    await load.more(PHASE)
    await untilStored(ui, ids(await load.stop()), SPANS)
  })

  await t.test('sampler1, by SIGKILL, but its share of the last decision_wait', async (t) => {
    const { sent, goneAt } = await without('sampler1', 'SIGKILL')
    const undecided = ({ at }: Sent) =>
      at > goneAt - DECISION_WAIT_MS - ON_ITS_WAY_MS && at <= goneAt
    const safe = sent.filter((one) => !undecided(one))
    await untilStored(ui, ids(safe), SPANS)
    const risked = ids(sent.filter(undecided))
    const found = await Promise.all(risked.map((id) => storedSpans(ui, id)))
    const lost = found.filter(({ size }) => size < SPANS).length
    t.diagnostic(`${lost} of ${risked.length} traces of that time`)
    assert.ok(lost < risked.length, 'the other sampler has its share')
  })
  await end()
})

test('a Cassandra node that answers for what is on its disk is killed without loss', {
  skip: withoutTier(),
}, async (t) => {
  const { ui, without, end } = await underLoad(t, { durable: true })
  const { sent } = await without('store', 'SIGKILL')
  await untilStored(ui, ids(sent), SPANS)
  await end()
})

/** The tier that keeps all, and the apps on it. */
async function underLoad(t: TestContext, options: TierOptions = {}) {
  const sampling = { DECISION_WAIT: `${DECISION_WAIT_MS}ms`, KEEP_PERCENT: '100' }
  const tier = await startTier(t, { sampling, ...options })
  const { app, downstream } = await startApps(t, tier)
  return {
    ui: tier.ui,
    url: app.url,
    parts: tier.parts,
    /** The traces of a load during which `part` was ended, and started again. */
    async without(part: keyof typeof tier.parts, signal: NodeJS.Signals) {
      const load = startLoad(`${app.url}/proxy`)
      await load.more(PHASE)
      const goneAt = Date.now()
      await tier.parts[part].stop(signal)
      await load.more(PHASE)
      await tier.parts[part].start()
      await load.more(PHASE)
      return { sent: await load.stop(), goneAt }
    },
    /** Ends the apps, which have lost nothing on their side either. */
    async end(): Promise<void> {
      for (const each of [app, downstream]) {
        const { lines } = await each.stop()
        const said = lines.filter(({ msg }) => String(msg).startsWith('telemetry export'))
        assert.deepEqual(said, [])
      }
    },
  }
}

/** Requests before a part goes, while it is away, and after. */
const PHASE = 120

function ids(sent: readonly Sent[]): string[] {
  return sent.map(({ traceId }) => traceId)
}
