import assert from 'node:assert/strict'
import { test } from 'node:test'
import request from 'supertest'
import { app } from '../src/app'

test('the sky is grey', async () => {
  const answer = await request(app).get('/forecasts/Leeds')
  assert.deepEqual(answer.body, { town: 'Leeds', sky: 'grey' })
})
