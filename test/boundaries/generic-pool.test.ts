import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { boundaryApp, IDS, NOBODY, TELEMETRY } from './boundary-app.ts'

for (const telemetry of TELEMETRY) {
  test(`who waits in generic-pool goes on under its own id; what is made for it is made under that of whoever was before it: telemetry ${telemetry}`, async (t) => {
    const { written, own, made } = await asked(t, 'unbound', telemetry)
    assert.deepEqual(written.toSorted(), own)
    assert.deepEqual(made, [written[0], written[0], written[1]])
  })
}

test("what a bound factory makes is nobody's", async (t) => {
  const { written, own, made } = await asked(t, 'bound', 'on')
  assert.deepEqual(written.toSorted(), own)
  assert.deepEqual(made, [NOBODY, NOBODY, NOBODY])
})

/** Asks for the one desk at the same time, and gives the ids of those who had it and of those who made it. */
async function asked(t: TestContext, pool: string, telemetry: (typeof TELEMETRY)[number]) {
  const app = await boundaryApp(t, 'generic-pool', telemetry)
  await Promise.all(IDS.map((id) => app.request(`/${pool}`, id)))
  await app.end()
  return {
    written: app.said('written'),
    own: IDS.map((id) => app.identitiesIn(`GET /${pool}`, id)),
    made: app.said('desk made'),
  }
}
