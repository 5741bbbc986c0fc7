import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { boundaryApp, linkTo, NOBODY, TELEMETRY } from './boundary-app.ts'
import { assertMarked } from './marked.ts'

for (const side of ['worker', 'fork']) {
  for (const telemetry of TELEMETRY) {
    test(`what a ${side} does is nobody's without a carrier: telemetry ${telemetry}`, async (t) => {
      const app = await asked(t, `/${side}/without`, telemetry, 'without a carrier')
      const own = [app.identitiesIn(`GET /${side}/without`, 'sender')]
      assert.deepEqual(app.said('without a carrier'), [NOBODY])
      assertMarked(app, telemetry, 'back', own)
      if (telemetry === 'off') return
      const span = app.spans.find(({ name }) => name === 'without a carrier')
      assert.equal(span?.attributes['correlation.id'], undefined)
      assert.notEqual(span?.traceId, own[0]?.[1])
    })

    test(`with a carrier it has the sender's id, and a trace linked to the sender's: telemetry ${telemetry}`, async (t) => {
      const app = await asked(t, `/${side}/linked`, telemetry, 'with a carrier')
      assertMarked(app, telemetry, 'with a carrier', [app.identitiesIn('work', 'sender')])
      assertMarked(app, telemetry, 'back', [app.identitiesIn(`GET /${side}/linked`, 'sender')])
      if (telemetry === 'off') return
      const work = app.spanOf('work', 'sender')
      const sender = app.spanOf(`GET /${side}/linked`, 'sender')
      assert.deepEqual(work.links, [linkTo(sender)])
      assert.notEqual(work.traceId, sender.traceId)
    })

    test(`where the sender waits for it, it is a part of the sender's trace: telemetry ${telemetry}`, async (t) => {
      const app = await asked(t, `/${side}/waited`, telemetry, 'with a carrier')
      assertMarked(app, telemetry, 'with a carrier', [app.identitiesIn('work', 'sender')])
      if (telemetry === 'off') return
      const work = app.spanOf('work', 'sender')
      const sender = app.spanOf(`GET /${side}/waited`, 'sender')
      assert.deepEqual(
        [work.traceId, work.parentSpanId, work.links],
        [sender.traceId, sender.spanId, []],
      )
    })
  }
}

/** Asks once, and ends the app when the other side's line and spans have arrived. */
async function asked(
  t: TestContext,
  path: string,
  telemetry: (typeof TELEMETRY)[number],
  message: string,
) {
  const app = await boundaryApp(t, 'threads', telemetry, { env: { OTEL_BSP_SCHEDULE_DELAY: '1' } })
  await app.request(path, 'sender')
  await app.waitForLine(({ msg }) => msg === message)
  if (telemetry === 'on') {
    const wanted = message === 'with a carrier' ? [message, 'work'] : [message]
    await app.sink.waitForSpans((spans) =>
      wanted.every((each) => spans.some(({ name }) => name === each)),
    )
  }
  await app.end()
  return app
}
