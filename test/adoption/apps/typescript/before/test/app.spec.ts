import request from 'supertest'
import { expect, test } from 'vitest'
import { createApp } from '../src/app.js'

test('a book is found', async () => {
  const answer = await request(createApp()).get('/books/9780141187785')
  expect(answer.status).toBe(200)
  expect(answer.body.title).toBe('The Go-Between')
})

test('an order without copies is refused', async () => {
  const answer = await request(createApp()).post('/orders').send({ isbn: '9780141187785' })
  expect(answer.status).toBe(400)
})

test('a failure is answered with the words of the house', async () => {
  const answer = await request(createApp()).get('/broken')
  expect(answer.status).toBe(500)
  expect(answer.body).toEqual({ message: 'sorry' })
})
