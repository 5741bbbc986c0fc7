import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hostPatterns } from '../../../../src/throughline/settings/host-patterns.ts'

/** By pattern, which targets it names and which it does not. */
const MEANINGS: Record<string, { named: string[]; others: string[] }> = {
  'api.shop.internal': {
    named: ['api.shop.internal', 'API.Shop.Internal', 'api.shop.internal.', 'api.shop.internal:81'],
    others: [
      'shop.internal',
      'a.api.shop.internal',
      'xapi.shop.internal',
      'api.shop.internal.evil.example',
      'api.shop.internal..',
      'api-shop.internal',
    ],
  },
  '*.shop.internal': {
    named: ['api.shop.internal', 'a.b.shop.internal', 'API.SHOP.INTERNAL.', 'a.shop.internal:81'],
    others: ['shop.internal', 'xshop.internal', 'shop.internal.evil.example', 'a.shop.internal..'],
  },
  'api.shop.internal:8443': {
    named: ['api.shop.internal:8443'],
    others: ['api.shop.internal', 'api.shop.internal:443', 'api.shop.internal:84430'],
  },
  '*.shop.internal:80': {
    named: ['api.shop.internal:80'],
    others: ['api.shop.internal:81', 'shop.internal:80'],
  },
  'API.Shop.Internal.': { named: ['api.shop.internal'], others: ['shop.internal'] },
  localhost: { named: ['localhost', 'localhost:3001'], others: ['127.0.0.1', '[::1]'] },
  my_service: { named: ['my_service:3000'], others: ['my-service'] },
  '10.0.0.7': {
    named: ['10.0.0.7', '10.0.0.7:81', '10.7', '0x0a000007'],
    others: ['10.0.0.70', '110.0.0.7', '[::ffff:10.0.0.7]'],
  },
  '[::1]': { named: ['[::1]', '::1', '[0:0::1]:81'], others: ['::2', '127.0.0.1', '[::1%1]'] },
  '::1': { named: ['[::1]', '::1', '[::1]:81'], others: ['::2'] },
  '[2001:DB8::1]:443': {
    named: ['[2001:db8:0:0::1]:443'],
    others: ['[2001:db8::1]:444', '[2001:db8::1]', '2001:db8::1'],
  },
  'münchen.example': {
    named: ['xn--mnchen-3ya.example', 'MÜNCHEN.example'],
    others: ['munchen.example'],
  },
  'xn--mnchen-3ya.example': { named: ['münchen.example'], others: ['munchen.example'] },
  ' , a.example ,, b.example:81 ,': {
    named: ['a.example', 'b.example:81'],
    others: ['b.example', 'c.example', ''],
  },
}

for (const [list, { named, others }] of Object.entries(MEANINGS)) {
  test(`"${list}" names ${named.join(' and ')}, and not ${others.join(' or ')}`, () => {
    const hosts = hostPatterns().parse(list)
    const isNamed = (target: string) => hosts?.(targetOf(target))
    assert.deepEqual(named.filter(isNamed), named)
    assert.deepEqual(others.filter(isNamed), [])
  })
}

test('a host that a URL would cut short or decode is none that a pattern names', () => {
  const hosts = hostPatterns().parse('a.example, *.b.example, [::1]')
  for (const host of [
    'a.example/x',
    'a.example#.evil.example',
    'a.example?.evil.example',
    'evil.example\\.b.example',
    'x@a.example',
    'a.example:80',
    '[::1]:80',
    '%61.example',
    'a.exam\tple',
    ' a.example',
    '',
  ]) {
    assert.equal(hosts?.({ host, port: 80 }), false, host)
  }
})

test('a port that nobody can tell is that of no pattern with one', () => {
  const target = { host: 'a.example', port: undefined }
  assert.equal(hostPatterns().parse('a.example:80')?.(target), false)
  assert.equal(hostPatterns().parse('a.example')?.(target), true)
})

test('* is every host, whatever stands beside it', () => {
  for (const list of ['*', ' * ', 'a.example,*']) {
    assert.equal(hostPatterns().parse(list), undefined, list)
  }
})

for (const list of [
  ',',
  'http://a.example',
  'https://u:p@a.example/',
  'a.example/path',
  'a.example?q',
  'u@a.example',
  'a.example b.example',
  'a.example;b.example',
  'a.*.example',
  'api*.example',
  '*example',
  '**.example',
  '*.*.example',
  '*.',
  '*:80',
  '.shop.internal',
  'a..example',
  '"a.example"',
  'a.example:',
  'a.example:0',
  'a.example:65536',
  'a.example:http',
  'a.example:80:81',
  ':80',
  '256.0.0.1',
  '10.0.0.0/8',
  '*.10.0.0.7',
  '*.[::1]',
  '[::1',
  '[10.0.0.7]',
  '[a.example]',
  '::1:80:',
  'good.example, a b',
  '*, a b',
]) {
  test(`"${list}" is refused`, () => {
    const issues = hostPatterns().safeParse(list).error?.issues
    assert.deepEqual(
      issues?.map(({ message }) => message.split(',')[0]),
      ['hosts separated by commas'],
    )
  })
}

/** `host:port`, or a host alone and port 9. */
function targetOf(target: string) {
  const [, host = target, port = '9'] = /^(\[.*\]|[^:]*):(\d+)$/.exec(target) ?? []
  return { host, port: Number(port) }
}
