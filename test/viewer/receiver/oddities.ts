import { span, spanIdOf, traceIdOf, traces } from '../traffic.ts'

/** A span with fields as they come. */
export const odd = (fields: object) => ({ ...span(), ...fields })

const value = (value: object) => traces('app', odd({ attributes: [{ key: 'k', value }] }))
const link = { traceId: traceIdOf(2), spanId: spanIdOf(2) }
const event = { timeUnixNano: '1780315200000000000', name: 'event' }

/** What is odd, and the viewer and Jaeger take all the same, whole. */
export const takenWhole: Record<string, object> = {
  'numbers as strings': traces('app', odd({ flags: '257', droppedAttributesCount: '2' })),
  'times as numbers': traces('app', odd({ endTimeUnixNano: 1780315201000000000 })),
  'an integer as a number': value({ intValue: 7 }),
  'an integer as a string': value({ intValue: '7' }),
  'a double as a string': value({ doubleValue: '1.5' }),
  'a double that is no number': value({ doubleValue: 'NaN' }),
  'a kind by name': traces('app', odd({ kind: 'SPAN_KIND_CONSUMER' })),
  'a status by name': traces('app', odd({ status: { code: 'STATUS_CODE_ERROR' } })),
  'an event without a time': traces('app', odd({ events: [{ name: 'event' }] })),
  'a link without ids': traces('app', odd({ links: [{}, link] })),
  'a parent of no digits': traces('app', odd({ parentSpanId: '' })),
  'a parent of zeros': traces('app', odd({ parentSpanId: '0'.repeat(16) })),
  'a list in a map in a list': value({
    arrayValue: {
      values: [{ kvlistValue: { values: [{ key: 'a', value: { arrayValue: { values: [] } } }] } }],
    },
  }),
  'an attribute without a value': traces('app', odd({ attributes: [{ key: 'k' }] })),
  'null for what is not there': traces('app', odd({ events: null, links: null, status: null })),
  'fields that nobody knows': traces('app', odd({ news: { a: [1] } })),
}

const good = { key: 'good', value: { stringValue: 'x' } }
const oddAttribute = (attribute: unknown, why: string) => ({
  odd: { attributes: [attribute, good] },
  left: { attributes: [good] },
  why: `attributes: ${why}`,
})

/** What is odd in a span, what is left of it, and what the answer says; Jaeger refuses most of it, with all beside. */
export const leftOut: Record<string, { odd: object; left: object; why: string }> = {
  'an attribute without a key': oddAttribute({ value: { intValue: 1 } }, 'key: missing'),
  'an attribute with an empty key': oddAttribute({ key: '', value: {} }, 'key: missing'),
  'an attribute that is none': oddAttribute(7, 'not an object'),
  'a bare value': oddAttribute({ key: 'k', value: 'bare' }, 'value: not an object'),
  'an integer that is none': oddAttribute(
    { key: 'k', value: { intValue: 'many' } },
    'value: intValue: not an integer',
  ),
  'a double that is none': oddAttribute(
    { key: 'k', value: { doubleValue: 'much' } },
    'value: doubleValue: not a number',
  ),
  'a boolean that is none': oddAttribute(
    { key: 'k', value: { boolValue: 'x' } },
    'value: boolValue: not true or false',
  ),
  'a list that is none': oddAttribute(
    { key: 'k', value: { arrayValue: { values: 7 } } },
    'value: arrayValue: values: not a list',
  ),
  'attributes that are none': {
    odd: { attributes: { k: 'v' } },
    left: { attributes: undefined },
    why: 'attributes: not a list',
  },
  'an odd pair in a map': {
    odd: {
      attributes: [{ key: 'map', value: { kvlistValue: { values: [{ value: {} }, good] } } }],
    },
    left: { attributes: [{ key: 'map', value: { kvlistValue: { values: [good] } } }] },
    why: 'attributes: value: kvlistValue: values: key: missing',
  },
  'an odd attribute of an event': {
    odd: { events: [{ ...event, attributes: [{ value: {} }, good] }] },
    left: { events: [{ ...event, attributes: [good] }] },
    why: 'events: attributes: key: missing',
  },
  'an odd event': {
    odd: { events: [7, { ...event, timeUnixNano: 'soon' }, event] },
    left: { events: [event] },
    why: 'events: not an object',
  },
  'an odd link': {
    odd: { links: [{ ...link, traceId: 'xyz' }, link] },
    left: { links: [link] },
    why: 'links: traceId: not 32 hex digits, or all zeros',
  },
  'events that are no list': {
    odd: { events: 7 },
    left: {},
    why: 'events: not a list',
  },
  'a kind of no known name': {
    odd: { kind: 'SPAN_KIND_BOGUS' },
    left: { kind: undefined },
    why: 'kind: not a number or name of SPAN_KIND',
  },
  'a status code of no known name': {
    odd: { status: { code: 'BAD', message: 'm' } },
    left: { status: { message: 'm' } },
    why: 'status: code: not a number or name of STATUS_CODE',
  },
  'a count below zero': {
    odd: { droppedLinksCount: -1 },
    left: {},
    why: 'droppedLinksCount: not a whole number',
  },
  'a name that is a number': {
    odd: { name: 7 },
    left: { name: '' },
    why: 'name: not a string',
  },
  'an end that is no time': {
    odd: { endTimeUnixNano: 'soon' },
    left: { endTimeUnixNano: '0' },
    why: 'endTimeUnixNano: not nanoseconds since 1970',
  },
  'a parent that is no id': {
    odd: { parentSpanId: 'xyz' },
    left: {},
    why: 'parentSpanId: not 16 hex digits, or all zeros',
  },
}

/** Of those what Jaeger takes as well: it keeps an attribute without a key. */
export const takenByJaeger = Object.fromEntries(
  ['an attribute without a key', 'an odd pair in a map', 'an odd attribute of an event'].map(
    (what) => [what, traces('app', odd(leftOut[what]?.odd ?? {}))],
  ),
)
