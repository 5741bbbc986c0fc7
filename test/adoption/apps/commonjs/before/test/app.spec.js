const request = require('supertest')
const app = require('../src/app')

test('a letter can be read', async () => {
  const answer = await request(app).get('/letters/7')
  expect(answer.body).toEqual({ id: '7', text: 'Dear reader' })
})

test('a scan that fails is a failure of ours', async () => {
  const answer = await request(app).get('/letters/7/scan')
  expect(answer.status).toBe(500)
})

test('what is nowhere is not found', async () => {
  const answer = await request(app).get('/nowhere')
  expect(answer.status).toBe(404)
})
