import { Controller, Get, HttpException, Param, Post } from '@nestjs/common'
import { BooksService } from './books.service'

@Controller('books')
export class BooksController {
  constructor(private readonly books: BooksService) {}

  @Get('catalogue')
  catalogue(): never {
    throw new HttpException('the catalogue is elsewhere', 503)
  }

  @Get(':id')
  async title(@Param('id') id: string): Promise<{ title: string }> {
    return { title: await this.books.titleOf(id) }
  }

  @Post(':id/loans')
  lend(): Promise<never> {
    return this.books.lend()
  }
}
