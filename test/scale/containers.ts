// `node --test test/scale/containers.ts`: deploy/scale/compose.yaml with real containers, on free ports beside whatever
// else runs. No part of `npm test`: it takes 6 GB, and images that `docker compose -f deploy/scale/compose.yaml pull
// --ignore-buildable` has fetched.
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { test } from 'node:test'
import { promisify } from 'node:util'
import { z } from 'zod'
import { runPivot } from '../cli/run-pivot.ts'
import { withoutDocker } from '../compose/docker.ts'
import { jaegerTrace } from '../compose/jaeger-trace.ts'
import { tracedBy } from '../traced-answer.ts'
import { freeAddresses, portOf } from './addresses.ts'
import { deployed } from './folder.ts'

const execute = promisify(execFile)
const file = ['compose', '--file', deployed('compose.yaml')]

test('docker compose brings the tier up, and the gateways keep what they hold over a kill', {
  skip: (await withoutDocker()) || (await withoutImages()),
}, async (t) => {
  const { app, ui } = await freeAddresses('app', 'ui')
  const env = { ...process.env, APP_PORT: portOf(app), JAEGER_UI_PORT: portOf(ui) }
  const project = ['--project-name', `throughline-scale-test-${process.pid}`]
  const run = (...args: string[]) =>
    execute('docker', [...file, ...project, '--progress', 'quiet', ...args], { env })
  t.after(() => run('down', '--volumes'))
  await run('up', '--build', '--wait')

  const first = await failedTrace(app)
  await jaegerTrace(`http://${ui}`, first, 1)
  const { status, stdout } = await runPivot([first, '--ui', `http://${ui}`])
  assert.equal(status, 0)
  assert.match(stdout, /GET \/boom 500/)

  await run('stop', 'sampler-1', 'sampler-2')
  const held = await Promise.all(Array.from({ length: 20 }, () => failedTrace(app)))
  await run('stop', 'app') // with its last spans sent
  await run('kill', 'gateway-1', 'gateway-2')
  await run('start', 'gateway-1', 'gateway-2', 'sampler-1', 'sampler-2')
  for (const id of held) await jaegerTrace(`http://${ui}`, id, 1)
})

async function failedTrace(app: string): Promise<string> {
  const response = await fetch(`http://${app}/boom`)
  await response.text()
  return tracedBy(response)
}

/** Which images are not on this machine, or false where all are. */
async function withoutImages(): Promise<string | false> {
  const { stdout } = await execute('docker', [...file, 'config', '--format', 'json'])
  const Services = z.record(
    z.string(),
    z.object({ image: z.string(), build: z.unknown().optional() }),
  )
  const { services } = z.object({ services: Services }).parse(JSON.parse(stdout))
  const fetched = Object.values(services).filter(({ image }) => image !== 'throughline')
  const images = [...new Set(fetched.map(({ image }) => image))]
  const there = await Promise.all(images.map(isThere))
  const missing = images.filter((_, n) => !there[n])
  return missing.length > 0 && `needs the images ${missing.join(', ')}`
}

async function isThere(image: string): Promise<boolean> {
  try {
    await execute('docker', ['image', 'inspect', image])
    return true
  } catch {
    return false
  }
}
