import assert from 'node:assert/strict'
import { mkdtemp, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { setImmediate as later } from 'node:timers/promises'
import { fileURLToPath, pathToFileURL } from 'node:url'
import {
  getContext,
  getCorrelationId,
  runWithContext,
} from '../../../../src/throughline/identity/context.ts'
import { createLogger } from '../../../../src/throughline/log/logger.ts'
import { linesInMemory } from '../../start-app.ts'

const SOURCE = new URL('../../../../src/throughline/identity/context.ts', import.meta.url)
const abc = { correlationId: 'abc-123', startedAt: 1 }

test('outside a request there is no context, and nothing throws', () => {
  assert.equal(getContext(), undefined)
  assert.equal(getCorrelationId(), undefined)
})

test('what runs inside has the context to its end, and nothing of it leaks out', async () => {
  const seen = await runWithContext(abc, async () => {
    await later()
    return [getContext(), getCorrelationId()]
  })

  assert.deepEqual(seen, [abc, 'abc-123'])
  assert.equal(getContext(), undefined)
})

test('a context inside another gives way to it again, also when it throws', () => {
  runWithContext(abc, () => {
    assert.throws(() =>
      runWithContext({ correlationId: 'inner-1', startedAt: 2 }, () => {
        assert.equal(getCorrelationId(), 'inner-1')
        throw new Error('inner')
      }),
    )
    assert.equal(getCorrelationId(), 'abc-123')
  })
})

test('a store that was loaded twice, by a query or a symlink, is one: the log mixin reads what the other copy wrote', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'throughline-'))
  t.after(() => rm(folder, { recursive: true }))
  const link = join(folder, 'context.ts')
  await symlink(fileURLToPath(SOURCE), link)
  const { lines, destination } = linesInMemory()
  const logger = createLogger({ level: 'info' }, destination)

  // Node resolves a symlink to its target, so the query stands for --preserve-symlinks.
  for (const copy of [`${SOURCE}?copy`, `${pathToFileURL(link)}?link`]) {
    const other: typeof import('../../../../src/throughline/identity/context.ts') = await import(
      copy
    )
    assert.notEqual(other.runWithContext, runWithContext)
    other.runWithContext(abc, () => {
      assert.equal(getCorrelationId(), 'abc-123')
      logger.info('inside')
    })
  }

  assert.deepEqual(
    lines.map(({ correlationId }) => correlationId),
    ['abc-123', 'abc-123'],
  )
})
