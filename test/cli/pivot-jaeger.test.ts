import { test } from 'node:test'
import { startJaeger, withoutJaeger } from '../jaeger/start-jaeger.ts'
import { findsTraces } from './finds-traces.ts'

for (const storage of ['memory', 'badger'] as const) {
  test(`pivot on jaeger with ${storage}`, { skip: withoutJaeger() }, async (t) => {
    await findsTraces(t, await startJaeger(t, { storage }))
  })
}
