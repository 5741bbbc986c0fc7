import assert from 'node:assert/strict'
import { IncomingMessage, ServerResponse } from 'node:http'
import { Socket } from 'node:net'
import { suite, test } from 'node:test'
import type { Logger, LoggerOptions } from 'pino'
import { runWithContext } from '../../../../../src/throughline/identity/context.ts'
import type { Line } from '../../../start-app.ts'
import { context, heldLine, holding } from './holding.ts'

const cause = new Error('inner')
const error = Object.assign(new Error('outer', { cause }), { code: 'E1' })
const circle: Record<string, unknown> = { name: 'circle' }
circle.self = { circle }

suite('a line that was held says what it would have said at once', () => {
  const logs: Record<string, [(logger: Logger) => void, LoggerOptions?]> = {
    'a message': [(logger) => logger.debug('hello')],
    'a message with values': [(logger) => logger.debug('%s is %d, %j', 'tea', 4, { a: [1] })],
    'a message that is none': [(logger) => logger.debug({ a: 1 })],
    'an object as the message': [(logger) => Reflect.apply(logger.debug, logger, [{}, { a: 1 }])],
    'null as the message': [(logger) => Reflect.apply(logger.debug, logger, [{ a: 1 }, null])],
    'values of all kinds': [
      (logger) =>
        logger.debug({
          none: undefined,
          nothing: null,
          not: Number.NaN,
          big: [1n],
          call() {},
          at: new Date(0),
          url: new URL('http://x/y'),
          map: new Map([[1, 2]]),
          list: [undefined, Symbol('s'), () => {}],
          buffer: Buffer.from('ab'),
          bytes: new Uint8Array([1, 2]),
          boxed: Object('text'),
          bare: Object.assign(Object.create(null), { a: 1 }),
          own: { toJSON: () => ({ a: { b: 1 } }) },
          error,
        }),
    ],
    'a field that is no prototype': [
      (logger) => logger.debug({ body: JSON.parse('{"__proto__":{"a":1},"b":2}') }),
    ],
    'a circle': [(logger) => logger.debug({ circle: [circle] }, 'round')],
    'an error alone': [(logger) => logger.debug(error)],
    'an error with a message': [(logger) => logger.debug(error, 'refused')],
    'an error among fields': [(logger) => logger.debug({ err: error, item: 'tea' })],
    'an error under another key': [
      (logger) => logger.debug({ error }),
      { errorKey: 'error', messageKey: 'message' },
    ],
    'what is redacted': [
      (logger) => logger.debug({ card: 1, user: { pin: 2, name: 'Ida' }, list: [{ pin: 3 }] }),
      { redact: ['card', 'user.pin', 'list[*].pin'] },
    ],
    'what is redacted by a function': [
      (logger) => logger.debug({ card: { number: '4711' } }),
      { redact: { paths: ['card.number'], censor: (value) => String(value).length } },
    ],
    'what is removed': [
      (logger) => logger.debug({ card: { number: '4711', name: 'Ida' } }),
      { redact: { paths: ['card.number'], remove: true } },
    ],
    'serializers, once': [
      (logger) => logger.debug({ rope: { metres: 12 }, err: error }),
      { serializers: { rope: (rope) => [rope], err: (err) => ({ wrapped: err }) } },
    ],
    'a serializer of messages': [
      (logger) => logger.debug('hello'),
      { serializers: { msg: (msg) => `${msg}!` } },
    ],
    'a prefix and bound fields': [
      (logger) => logger.child({ module: 'stock' }, { msgPrefix: '[x] ' }).debug('hello'),
    ],
    'a mixin and the fields that it sees': [
      (logger) => logger.debug({ a: 1 }, 'hello'),
      { mixin: (fields, level) => ({ seen: Object.keys(fields), level2: level }) },
    ],
    formatters: [
      (logger) => logger.debug({ err: error }, 'hello'),
      {
        formatters: {
          level: (label) => ({ severity: label }),
          log: ({ err, ...rest }) => ({ ...rest, kind: err instanceof Error && err.message }),
        },
      },
    ],
    'a hook': [
      (logger) => logger.debug('hello'),
      {
        hooks: {
          logMethod(args, method) {
            method.apply(this, [`hooked ${args[0]}`])
          },
          streamWrite: (text) => text.replace('hooked', 'hooked twice'),
        },
      },
    ],
    'no time': [(logger) => logger.debug('hello'), { timestamp: false }],
    'a time of its own kind': [
      (logger) => logger.debug('hello'),
      { timestamp: () => ',"at":"noon"' },
    ],
    'a request as it came': [
      (logger) => logger.debug(someRequest()),
      { serializers: { req: ({ method }) => ({ method }) } },
    ],
    'a response': [(logger) => logger.debug(new ServerResponse(someRequest()))],
  }
  for (const [what, [log, options = {}]] of Object.entries(logs)) {
    test(what, () => assert.deepEqual(withoutTime(heldLine(log, options)), said(log, options)))
  }
})

test('what is changed after the line is not in it, at whatever depth', () => {
  const order = { item: 'tea', list: [{ n: 1 }], err: Object.assign(new Error('x'), { code: 1 }) }
  const rope = { metres: 12 }
  const log = (logger: Logger) => {
    const child = logger.child({ module: 'stock' })
    child.debug({ order, err: order.err, rope }, 'found %j', order.list)
    rope.metres = 13
    child.setBindings({ late: true })
    order.item = 'coffee'
    order.list[0] = { n: 2 }
    order.list.push({ n: 3 })
    order.err.message = 'y'
    order.err.code = 2
  }
  const line = heldLine(log, { serializers: { rope: (rope) => rope } })

  assert.deepEqual(line.rope, { metres: 12 })
  assert.deepEqual(line.order, { item: 'tea', list: [{ n: 1 }], err: { code: 1 } })
  assert.equal(line.msg, 'found [{"n":1}]')
  assert.ok(line.err instanceof Object && 'message' in line.err && 'code' in line.err)
  assert.deepEqual([line.err.message, line.err.code], ['x', 1])
  assert.equal(line.late, undefined)
})

test('what throws as it is read does not throw at the app, and the line says so', () => {
  const thrower = () => {
    throw new Error('no')
  }
  const getter = Object.defineProperty({}, 'x', { get: thrower, enumerable: true })
  const proxy = new Proxy({}, { get: thrower, ownKeys: thrower, getPrototypeOf: thrower })
  const { logger, lines } = holding({ serializers: { rope: thrower } })

  runWithContext(context(), () => {
    logger.debug({ getter, deep: { proxy }, item: 'tea', rope: 1, json: { toJSON: thrower } }, 'a')
    logger.debug(getter, 'b')
    logger.debug(proxy, 'c')
    logger.error('failed')
  })

  const unreadable = '[unable to read]'
  const { getter: read, deep, item, rope, json } = lines[0] ?? {}
  assert.deepEqual(
    [read, deep, item, rope, json],
    [unreadable, { proxy: unreadable }, 'tea', unreadable, unreadable],
  )
  assert.deepEqual(
    lines.slice(1).map(({ msg, fields }) => [msg, fields]),
    [
      ['b', unreadable],
      ['c', unreadable],
      ['failed', undefined],
    ],
  )
})

test('a formatter that throws as a held line is written takes only that line', () => {
  const { logger, messages } = holding({
    formatters: {
      log(fields) {
        if ('bad' in fields) throw new Error('no')
        return fields
      },
    },
  })

  runWithContext(context(), () => {
    logger.debug({ bad: 1 }, 'bad')
    logger.debug('good')
    logger.error('failed')
  })

  assert.deepEqual(messages(), ['good', 'failed'])
})

test('what is deep, broad or long is cut, so that a line has a bound', () => {
  let deep: object = {}
  for (let depth = 0; depth < 100; depth++) deep = { deep }
  const line = heldLine((logger) =>
    logger.debug({
      deep,
      bytes: Buffer.alloc(1e6),
      list: Array.from({ length: 2000 }, (_, i) => i),
      fields: Object.fromEntries(Array.from({ length: 2000 }, (_, i) => [`f${i}`, i])),
    }),
  )

  const text = JSON.stringify(line)
  assert.equal(text.match(/"deep"/g)?.length, 17)
  assert.equal(line.bytes, '[1000000 bytes]')
  assert.ok(text.length < 10_000, `${text.length} characters`)
  assert.match(text, /\[left out\]/)
})

function someRequest(): IncomingMessage {
  const req = new IncomingMessage(new Socket())
  return Object.assign(req, { method: 'GET', url: '/x' })
}

/** The same line, of a logger of that level. */
function said(log: (logger: Logger) => void, options: LoggerOptions): Line {
  const { logger, lines } = holding({ ...options, level: 'debug' })
  runWithContext(context(), () => log(logger))
  return withoutTime(lines[0] ?? {})
}

function withoutTime({ time, ...line }: Line): Line {
  return { ...line, timed: typeof time }
}
