import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { noPostgres, startPostgres } from '../adoption/postgres.ts'
import type { AppOptions } from '../e2e/app-process.ts'
import { assertTree } from '../e2e/span-tree.ts'
import { boundaryApp, IDS, TELEMETRY } from './boundary-app.ts'

/** With the official instrumentation of pg. */
const nodeArgs = ['--import', './test/boundaries/fixtures/telemetry.ts']

test("a query that waits for pg's connection", { skip: noPostgres() }, async (t) => {
  const env = await startPostgres(t)

  /** Three requests at the same time; the app at its end, and the id of whoever had the connection first. */
  async function asked(
    t: TestContext,
    how: string,
    telemetry: (typeof TELEMETRY)[number],
    options: AppOptions = {},
  ) {
    const app = await boundaryApp(t, 'pg', telemetry, { env, ...options })
    await Promise.all(IDS.map((id) => app.request(`/${how}`, id)))
    await app.end()
    const [[first] = []] = app.said('request completed')
    const own = IDS.map((id) => app.identitiesIn(`GET /${how}`, id))
    return { ...app, first: String(first), own, found: app.said('found') }
  }

  for (const telemetry of TELEMETRY) {
    for (const [how, way] of [
      ['awaited', 'awaited'],
      ['bound', 'its callback is bound'],
    ] as const) {
      await t.test(`goes on under its own id where ${way}: telemetry ${telemetry}`, async (t) => {
        const { found, own } = await asked(t, how, telemetry)
        assert.deepEqual(found.toSorted(), own)
      })
    }

    await t.test(
      `calls back under the id of whoever gave the connection back: telemetry ${telemetry}`,
      async (t) => {
        const { found, first, identitiesIn } = await asked(t, 'called-back', telemetry)
        const another = identitiesIn('GET /called-back', first)
        assert.deepEqual(found, [another, another, another])
      },
    )
  }

  await t.test('has the spans of its official instrumentation in its own request', async (t) => {
    const { first, lines, spans } = await asked(t, 'called-back', 'on', { nodeArgs })
    assert.deepEqual(lines[0]?.instrumentations, [
      '@opentelemetry/instrumentation-pg',
      '@opentelemetry/instrumentation-ioredis',
    ])
    for (const id of IDS) {
      assertTree(
        spans.filter(({ attributes }) => attributes['correlation.id'] === id),
        `
GET /called-back (server)
├─ pg-pool.connect (client)${id === first ? '\n│  └─ pg.connect (client)' : ''}
└─ pg.query:SELECT postgres (client)
`,
      )
    }
  })

  await t.test(
    'calls back under its own id then, since the instrumentation binds what is called back',
    async (t) => {
      const { found, own } = await asked(t, 'called-back', 'on', { nodeArgs })
      assert.deepEqual(found.toSorted(), own)
    },
  )
})
