import assert from 'node:assert/strict'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { suite, type TestContext, test } from 'node:test'
import { resourceOf } from '../../../otel/settings/resource.ts'

suite('telemetry says which service it is about', () => {
  test('by the package, and an id for this process, and nothing of who runs it', (t) => {
    withEnv(t, { OTEL_RESOURCE_ATTRIBUTES: undefined, OTEL_SERVICE_NAME: undefined })

    const { 'service.instance.id': id, ...attributes } = resourceOf().attributes

    assert.match(String(id), /^[\da-f-]{36}$/)
    assert.deepEqual(Object.keys(attributes).sort(), [
      'service.name',
      'service.version',
      'telemetry.sdk.language',
      'telemetry.sdk.name',
      'telemetry.sdk.version',
    ])
    assert.equal(attributes['service.name'], 'throughline')
  })

  test('by the name that the specification has for it where there is no package', (t) => {
    withEnv(t, { OTEL_RESOURCE_ATTRIBUTES: undefined, OTEL_SERVICE_NAME: undefined })
    const [, entry = ''] = process.argv
    process.argv[1] = join(tmpdir(), 'main.js')
    t.after(() => {
      process.argv[1] = entry
    })

    const resource = resourceOf()

    assert.equal(resource.attributes['service.name'], 'unknown_service:node')
    // Not even without a value, of which the SDK would warn.
    const names = resource.getRawAttributes().map(([name]) => name)
    assert.equal(names.includes('service.version'), false)
  })

  test('by OTEL_SERVICE_NAME before OTEL_RESOURCE_ATTRIBUTES before the package', (t) => {
    withEnv(t, {
      OTEL_SERVICE_NAME: 'stock',
      OTEL_RESOURCE_ATTRIBUTES:
        'service.name=other,service.version=7,deployment.environment.name=dev%20two',
    })

    const { attributes } = resourceOf()

    assert.equal(attributes['service.name'], 'stock')
    assert.equal(attributes['service.version'], '7')
    assert.equal(attributes['deployment.environment.name'], 'dev two')
  })

  test('with attributes of any length, written with spaces, `=` and empty members', () => {
    const long = 'é'.repeat(300)

    const { attributes } = resourceOf({
      OTEL_RESOURCE_ATTRIBUTES: `service.name=stock, team = a b ,,q=x=1,${long}=${long},%2C=%2C,`,
    })

    assert.equal(attributes['service.name'], 'stock')
    assert.equal(attributes.team, 'a b')
    assert.equal(attributes.q, 'x=1')
    assert.equal(attributes[long], long)
    assert.equal(attributes[','], ',')
  })

  for (const bad of ['a=%ff', '%ff=a', 'a=%zz', '%zz=a', 'a', '=a'])
    test(`and not by what cannot be read: ${bad} is refused, not dropped with the others`, () => {
      assert.throws(
        () => resourceOf({ OTEL_RESOURCE_ATTRIBUTES: `service.name=stock,${bad}` }),
        /OTEL_RESOURCE_ATTRIBUTES="service.name=stock,.*": expected key=value pairs/,
      )
    })
})

function withEnv(t: TestContext, env: Record<string, string | undefined>): void {
  const before = { ...process.env }
  for (const [name, value] of Object.entries(env)) {
    if (value === undefined) delete process.env[name]
    else process.env[name] = value
  }
  t.after(() => {
    process.env = before
  })
}
