import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { trace } from '@opentelemetry/api'
import type { ChildLoggerOptions, Logger } from 'pino'
import { runWithContext } from '../../../../src/throughline/identity/context.ts'
import { createLogger } from '../../../../src/throughline/log/logger.ts'
import { linesInMemory } from '../../start-app.ts'
import { traceInProcess } from '../../trace-in-process.ts'

const UI = 'http://localhost:16686'
const IDENTITIES = ['correlationId', 'trace_id', 'span_id', 'trace_flags', 'trace_url']
const FORGED = Object.fromEntries(IDENTITIES.map((name) => [name, 'forged']))
const abc = <T>(fn: () => T) => runWithContext({ correlationId: 'abc-123', startedAt: 0 }, fn)

test('a line outside any request has no identity, not even an empty one', (t) => {
  traceInProcess(t)
  const { logger, lines } = loggerInMemory()

  logger.error('outside')

  assert.deepEqual(
    Object.keys(lines[0] ?? {}).filter((name) => IDENTITIES.includes(name)),
    [],
  )
})

test('a line in a request that is not traced has the correlation id alone', () => {
  const { logger, lines } = loggerInMemory()

  abc(() => logger.error('inside'))

  assert.deepEqual(identitiesOf(lines[0]), { correlationId: 'abc-123' })
})

test('a line in a traced request has both identities, whatever fields the call passes in', (t) => {
  const { lines, spanContext } = tracedLine(t, (logger) => logger.error(FORGED, 'inside'))

  assert.equal(lines.length, 1)
  assert.deepEqual(identitiesOf(lines[0]), {
    correlationId: 'abc-123',
    trace_id: spanContext.traceId,
    span_id: spanContext.spanId,
    trace_flags: '01',
    trace_url: `${UI}/trace/${spanContext.traceId}?uiFind=${spanContext.spanId}`,
  })
})

test('a child logger that binds fields of the same name does not speak for another request', (t) => {
  const { lines, spanContext } = tracedLine(t, (logger) => {
    logger.child(FORGED).child({ module: 'stock' }).info('inside')
  })

  assert.deepEqual(identitiesOf(lines[0]), {
    correlationId: 'abc-123',
    trace_id: spanContext.traceId,
    span_id: spanContext.spanId,
    trace_flags: '01',
  })
  assert.equal(lines[0]?.module, 'stock')
})

test('a child logger claims no identity outside a request either', () => {
  const { logger, lines } = loggerInMemory()

  logger.child({ correlationId: 'job-7', module: 'stock' }).error('outside')

  assert.deepEqual(identitiesOf(lines[0]), {})
  assert.equal(lines[0]?.module, 'stock')
})

const FORGERIES: [string, (logger: Logger) => void][] = [
  ['bindings set later', (logger) => setBindings(logger.child({ module: 'stock' }), FORGED)],
  ['bindings set on the logger itself', (logger) => setBindings(logger, FORGED)],
  ['a formatter of bindings', (logger) => child(logger, { bindings: () => FORGED }).error('x')],
  ['a formatter of lines', (logger) => child(logger, { log: () => FORGED }).error('x')],
  ['a formatter that drops them', (logger) => child(logger, { log: () => ({}) }).error('x')],
  [
    'serializers',
    (logger) => {
      const serializers = Object.fromEntries(IDENTITIES.map((name) => [name, () => 'forged']))
      logger.child({}, { serializers }).error('x')
    },
  ],
  ['the fields of a call', (logger) => logger.error({ ...FORGED, module: 'stock' }, 'x')],
  [
    'a child of such a child',
    (logger) =>
      child(logger, { log: () => FORGED })
        .child({})
        .error('x'),
  ],
]
for (const [by, write] of FORGERIES) {
  test(`no identity is written, repeated or replaced by ${by}`, (t) => {
    const { lines, spanContext } = tracedLine(t, write)
    assert.deepEqual(identitiesOf(lines[0]), {
      correlationId: 'abc-123',
      trace_id: spanContext.traceId,
      span_id: spanContext.spanId,
      trace_flags: '01',
      trace_url: `${UI}/trace/${spanContext.traceId}?uiFind=${spanContext.spanId}`,
    })

    const outside = loggerInMemory()
    trace.disable()
    write(outside.logger)
    assert.deepEqual(identitiesOf(outside.lines[0]), {})
  })
}

test("a child's own formatters and serializers do the rest of their work", () => {
  const { logger, lines } = loggerInMemory()
  const formatters = { log: (fields: object) => ({ ...fields, shop: 7 }) }
  const serializers = { card: () => 'hidden' }

  abc(() => logger.child({ card: 1 }, { formatters, serializers }).info({ item: 'tea' }, 'sold'))

  const [line] = lines
  assert.deepEqual([line?.shop, line?.item, line?.card], [7, 'tea', 'hidden'])
  assert.equal(line?.correlationId, 'abc-123')
})

test("a child without bindings is refused in pino's own words", () => {
  const { logger } = loggerInMemory()
  assert.throws(() => Reflect.apply(logger.child, logger, [undefined]), /missing bindings/)
})

test('a test may spy on the logger, and gets it back as it was', (t) => {
  const { logger, lines } = loggerInMemory()
  const { child } = logger
  for (const name of ['child', 'setBindings'] as const) {
    const spy = t.mock.method(logger, name)
    if (name === 'child') logger.child({ module: 'stock' }).info('spied on')
    else logger.setBindings({ module: 'stock' })
    assert.equal(spy.mock.callCount(), 1)
    spy.mock.restore()
  }
  assert.equal(logger.child, child)
  assert.equal(lines[0]?.module, 'stock')
})

test('from level error on, a line links to its trace', (t) => {
  const { lines, spanContext } = tracedLine(t, (logger) => {
    logger.warn('no link')
    logger.error('link')
    logger.fatal('link')
  })

  const url = `${UI}/trace/${spanContext.traceId}?uiFind=${spanContext.spanId}`
  assert.deepEqual(
    lines.map((line) => line.trace_url),
    [undefined, url, url],
  )
})

test('a trace that was not sampled is named and not linked to: the link would be dead', (t) => {
  const { lines } = tracedLine(t, (logger) => logger.error('inside'), { sampled: false })

  assert.equal(lines[0]?.trace_flags, '00')
  assert.match(String(lines[0]?.trace_id), /^[\da-f]{32}$/)
  assert.equal(lines[0]?.trace_url, undefined)
})

test('without a trace UI there is no link', (t) => {
  const { lines } = tracedLine(t, (logger) => logger.error('inside'), { traceUiUrl: undefined })

  assert.ok(!('trace_url' in (lines[0] ?? {})))
})

function loggerInMemory(traceUiUrl: string | undefined = UI) {
  const { lines, destination } = linesInMemory()
  return { lines, logger: createLogger({ level: 'trace', traceUiUrl }, destination) }
}

function tracedLine(
  t: TestContext,
  write: (logger: Logger) => void,
  options: { sampled?: boolean; traceUiUrl?: string | undefined } = {},
) {
  const { tracer } = traceInProcess(t, options)
  const { lines, destination } = linesInMemory()
  const traceUiUrl = 'traceUiUrl' in options ? options.traceUiUrl : UI
  const logger = createLogger({ level: 'trace', traceUiUrl }, destination)
  const spanContext = tracer.startActiveSpan('server', (span) => {
    abc(() => write(logger))
    span.end()
    return span.spanContext()
  })
  return { lines, spanContext }
}

function setBindings(logger: Logger, bindings: object): void {
  logger.setBindings(bindings)
  logger.error('x')
}

function child(logger: Logger, formatters: NonNullable<ChildLoggerOptions['formatters']>): Logger {
  return logger.child({}, { formatters })
}

function identitiesOf(line: object = {}): object {
  return Object.fromEntries(Object.entries(line).filter(([name]) => IDENTITIES.includes(name)))
}
