import { test } from 'node:test'
import { startViewer } from '../../viewer/viewer.ts'
import { findsTraces } from './finds-traces.ts'
import { tellsStories } from './tells-stories.ts'

test('pivot on the viewer', async (t) => {
  const viewer = await startViewer({ uiPort: 0, otlpPort: 0 })
  t.after(() => viewer.close())
  await findsTraces(t, viewer)
  await tellsStories(t, { ...viewer, asksForLinks: true })
})
