import type { INestApplication } from '@nestjs/common'
import { Test } from '@nestjs/testing'
import request from 'supertest'
import { AppModule } from '../src/app.module'

describe('books', () => {
  let app: INestApplication

  beforeEach(async () => {
    const module = await Test.createTestingModule({ imports: [AppModule] }).compile()
    app = module.createNestApplication({ logger: false })
    await app.init()
  })

  it('answers with a title', () =>
    request(app.getHttpServer()).get('/books/7').expect(200, { title: 'The Trial' }))

  it('answers 404 to a book that there is not', () =>
    request(app.getHttpServer()).get('/books/8').expect(404))

  afterEach(() => app.close())
})
