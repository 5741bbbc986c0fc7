import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { promisify } from 'node:util'
import { parseAllDocuments } from 'yaml'
import { z } from 'zod'
import { collectors } from '../../deploy/scale/kubernetes/collectors.ts'
import { readSettings } from '../../src/throughline/settings/settings.ts'
import { deployed } from './folder.ts'

const execute = promisify(execFile)
const app = deployed('kubernetes/app.yaml')
const validator = process.env.KUBERNETES_VALIDATE

for (const version of ['1.30', '1.37']) {
  test(`Kubernetes ${version} knows every field of app.yaml`, {
    skip: !validator && 'needs KUBERNETES_VALIDATE: see test/scale/engines/fetch.ts',
  }, async () => {
    const env = { ...process.env, PYTHONPATH: validator }
    const flags = ['-m', 'kubernetes_validate', '--strict', '-k', version]
    const { stdout } = await execute('python3', [...flags, app], { env })
    assert.match(stdout, /app.yaml passed for resource deployment\/throughline/)
  })
}

test('a pod has the time to end by itself', () => {
  const Deployment = z.object({
    spec: z.object({
      template: z.object({
        spec: z.object({
          terminationGracePeriodSeconds: z.number(),
          containers: z.tuple([
            z.object({
              lifecycle: z.object({
                preStop: z.object({ sleep: z.object({ seconds: z.number() }) }),
              }),
            }),
          ]),
        }),
      }),
    }),
  })
  const [deployment] = parseAllDocuments(readFileSync(app, 'utf8'))
  const { spec } = Deployment.parse(deployment?.toJS()).spec.template
  const [container] = spec.containers
  const longest = container.lifecycle.preStop.sleep.seconds * 1000 + readSettings({}).timeoutMs
  assert.ok(spec.terminationGracePeriodSeconds * 1000 > longest)
})

test('collectors.yaml is what its command makes of the configs', () => {
  assert.equal(readFileSync(deployed('kubernetes/collectors.yaml'), 'utf8'), collectors())
})

test('no variable is left in it, since the operator reads ports out of it', () => {
  assert.doesNotMatch(collectors(), /\$\{/)
})
