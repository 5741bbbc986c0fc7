import assert from 'node:assert/strict'
import { test } from 'node:test'
import { logRecordLimitsOf, spanLimitsOf } from '../../../otel/settings/limits.ts'
import { otelVariables } from '../../../otel/settings/variables.ts'
import {
  type Environment,
  parseEnvironment,
} from '../../../src/throughline/settings/environment.ts'

const read = (env: Environment) => parseEnvironment(otelVariables, env)
const COMMON = { OTEL_ATTRIBUTE_COUNT_LIMIT: '7', OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT: '70' }

test('unset, a span and a record hold what the specification lets them', () => {
  const limits = { attributeCountLimit: 128, attributeValueLengthLimit: Number.POSITIVE_INFINITY }

  assert.deepEqual(logRecordLimitsOf(read({})), limits)
  assert.deepEqual(spanLimitsOf(read({})), {
    ...limits,
    eventCountLimit: 128,
    linkCountLimit: 128,
    attributePerEventCountLimit: 128,
    attributePerLinkCountLimit: 128,
  })
})

test('the common limits hold for spans and for records', () => {
  const common = { attributeCountLimit: 7, attributeValueLengthLimit: 70 }

  assert.deepEqual(logRecordLimitsOf(read(COMMON)), common)
  assert.deepEqual({ ...spanLimitsOf(read(COMMON)), ...common }, spanLimitsOf(read(COMMON)))
})

test('a limit of its own comes before the common one, and 0 is a limit', () => {
  const variables = read({
    ...COMMON,
    OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT: '1',
    OTEL_SPAN_ATTRIBUTE_VALUE_LENGTH_LIMIT: '2',
    OTEL_SPAN_EVENT_COUNT_LIMIT: '0',
    OTEL_SPAN_LINK_COUNT_LIMIT: '4',
    OTEL_EVENT_ATTRIBUTE_COUNT_LIMIT: '5',
    OTEL_LINK_ATTRIBUTE_COUNT_LIMIT: '6',
    OTEL_LOGRECORD_ATTRIBUTE_COUNT_LIMIT: '8',
    OTEL_LOGRECORD_ATTRIBUTE_VALUE_LENGTH_LIMIT: '9',
  })

  assert.deepEqual(Object.values(spanLimitsOf(variables)), [1, 2, 0, 4, 5, 6])
  assert.deepEqual(Object.values(logRecordLimitsOf(variables)), [8, 9])
})
