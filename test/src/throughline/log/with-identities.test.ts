import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Logger, type LoggerOptions, pino } from 'pino'
import { runWithContext } from '../../../../src/throughline/identity/context.ts'
import { identities } from '../../../../src/throughline/log/identities.ts'
import { withIdentities } from '../../../../src/throughline/log/with-identities.ts'
import { type Line, linesInMemory } from '../../start-app.ts'
import { traceInProcess } from '../../trace-in-process.ts'

const FORGED = { correlationId: 'forged', trace_id: 'forged' }
const abc = <T>(fn: () => T) => runWithContext({ correlationId: 'abc-123', startedAt: 0 }, fn)

const SURVIVING: [string, LoggerOptions, (line: Line) => unknown][] = [
  ['its name', { name: 'shop' }, ({ name }) => name === 'shop'],
  ['redact', { redact: ['card'] }, ({ card }) => card === '[Redacted]'],
  ['redact of what is nested', { redact: ['*.pin'] }, ({ user }) => isRedacted(user)],
  ['serializers', { serializers: { card: () => 'hidden' } }, ({ card }) => card === 'hidden'],
  [
    'formatters',
    { formatters: { level: (level) => ({ level }) } },
    ({ level }) => level === 'info',
  ],
  [
    'a formatter of lines',
    { formatters: { log: (fields) => ({ ...fields, shop: 7 }) } },
    ({ shop, correlationId }) => shop === 7 && correlationId === 'abc-123',
  ],
  ['a mixin', { mixin: () => ({ tenant: 'blue' }) }, ({ tenant }) => tenant === 'blue'],
  [
    'a mixin that says what a call says too',
    { mixin: () => ({ card: 'of the mixin' }) },
    ({ card }) => card === '4711',
  ],
  [
    'a strategy that merges its mixin',
    {
      mixin: () => ({ card: 'of the mixin' }),
      mixinMergeStrategy: (fields, mixed) => ({ ...fields, ...mixed }),
    },
    ({ card }) => card === 'of the mixin',
  ],
  [
    'its base',
    { base: { region: 'eu' } },
    ({ region, pid }) => region === 'eu' && pid === undefined,
  ],
  ['a prefix', { msgPrefix: '[shop] ' }, ({ msg }) => msg === '[shop] sold'],
  ['other keys', { messageKey: 'message' }, ({ message }) => message === 'sold'],
]

for (const [what, options, survives] of SURVIVING) {
  test(`a logger keeps ${what}, and its lines have the identities besides`, () => {
    const { logger, lines } = loggerInMemory(options)

    abc(() => logger.info({ card: '4711', user: { pin: 1 } }, 'sold'))

    const [line = {}] = lines
    assert.ok(survives(line), JSON.stringify(line))
    assert.equal(line.correlationId, 'abc-123')
  })
}

const FORGERIES: [string, LoggerOptions][] = [
  ['its base', { base: { ...FORGED, region: 'eu' } }],
  ['its base alone', { base: FORGED }],
  ['a mixin', { mixin: () => FORGED }],
  [
    'a strategy that merges',
    { mixin: () => ({ a: 1 }), mixinMergeStrategy: (fields) => ({ ...fields, ...FORGED }) },
  ],
  [
    'a strategy that merges into what the mixin says',
    {
      mixin: () => ({ a: 1 }),
      mixinMergeStrategy: (fields, mixed) => Object.assign(mixed, fields),
    },
  ],
  ['a formatter of lines', { formatters: { log: () => FORGED } }],
  ['serializers', { serializers: { correlationId: () => 'forged', trace_id: () => 'forged' } }],
]

for (const [by, options] of FORGERIES) {
  test(`no identity is written, repeated or replaced by ${by} of the app's logger`, (t) => {
    const { tracer } = traceInProcess(t)
    const { logger, lines } = loggerInMemory(options)

    logger.info('outside')
    const traceId = tracer.startActiveSpan('server', (span) => {
      abc(() => logger.child({ module: 'stock' }).info(FORGED, 'inside'))
      span.end()
      return span.spanContext().traceId
    })

    assert.deepEqual(
      lines.map(({ correlationId, trace_id }) => [correlationId, trace_id]),
      [
        [undefined, undefined],
        ['abc-123', traceId],
      ],
    )
  })
}

test('a child logger may be given as well, and its parent stays as it is', () => {
  const { lines, destination } = linesInMemory()
  const parent = pino({}, destination)
  const logger = withIdentities(parent.child({ module: 'stock' }))

  abc(() => {
    logger.info('of the child')
    parent.info('of the parent')
  })

  assert.deepEqual(
    lines.map(({ module, correlationId }) => [module, correlationId]),
    [
      ['stock', 'abc-123'],
      [undefined, undefined],
    ],
  )
})

test('a logger that is given twice has each identity once', () => {
  const { logger, lines } = loggerInMemory({})

  const { child } = logger
  assert.equal(withIdentities(logger), logger)
  assert.equal(logger.child, child, 'nothing is put around it once more')
  abc(() => logger.info('inside'))

  assert.equal(lines[0]?.correlationId, 'abc-123')
})

test('what is no logger of pino is refused, with what to do', () => {
  assert.throws(
    () => Reflect.apply(withIdentities, undefined, [console]),
    /identities\(\) on its lines/,
  )
})

test('the identities alone are a mixin of pino, and fields for any other logger', (t) => {
  const { tracer } = traceInProcess(t)
  const { lines, destination } = linesInMemory()
  const logger = pino({ mixin: identities }, destination)

  const { traceId, spanId } = tracer.startActiveSpan('server', (span) => {
    abc(() => {
      logger.info('inside')
      lines.push({ ...identities(), msg: 'of winston' })
    })
    span.end()
    return span.spanContext()
  })

  for (const line of lines) {
    assert.deepEqual(
      [line.correlationId, line.trace_id, line.span_id, line.trace_flags],
      ['abc-123', traceId, spanId, '01'],
      String(line.msg),
    )
  }
  assert.deepEqual(identities(), {})
})

function loggerInMemory(options: LoggerOptions): { logger: Logger; lines: Line[] } {
  const { lines, destination } = linesInMemory()
  return { lines, logger: withIdentities(pino(options, destination)) }
}

function isRedacted(user: unknown): boolean {
  return typeof user === 'object' && user !== null && Reflect.get(user, 'pin') === '[Redacted]'
}
