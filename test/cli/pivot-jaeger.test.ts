import { test } from 'node:test'
import { startJaeger, withoutJaeger } from '../jaeger/start-jaeger.ts'
import { findsTraces } from './finds-traces.ts'
import { tellsStories } from './tells-stories.ts'

for (const storage of ['memory', 'badger'] as const) {
  test(`pivot on jaeger with ${storage}`, { skip: withoutJaeger() }, async (t) => {
    const jaeger = await startJaeger(t, { storage })
    await findsTraces(t, jaeger)
    await tellsStories(t, { ...jaeger, asksForLinks: false })
  })
}
