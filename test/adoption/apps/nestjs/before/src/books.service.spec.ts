import { Test } from '@nestjs/testing'
import { BooksService } from './books.service'

describe('BooksService', () => {
  it('finds a title', async () => {
    const module = await Test.createTestingModule({ providers: [BooksService] }).compile()
    expect(await module.get(BooksService).titleOf('7')).toBe('The Trial')
  })
})
