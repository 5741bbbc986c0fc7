import { Injectable, Logger, NotFoundException, type OnModuleDestroy } from '@nestjs/common'

@Injectable()
export class BooksService implements OnModuleDestroy {
  private readonly logger = new Logger(BooksService.name)
  private readonly titles = new Map([['7', 'The Trial']])

  async titleOf(id: string): Promise<string> {
    this.logger.log('looking up')
    const title = this.titles.get(id)
    if (title === undefined) throw new NotFoundException('no such book')
    return title
  }

  async lend(): Promise<never> {
    throw new Error('the shelf fell down')
  }

  onModuleDestroy(): void {
    this.logger.warn({ shelves: this.titles.size })
    this.logger.error(new Error('a shelf is not empty'))
    this.logger.debug('closing the shelves')
    this.logger.log('closing the shelves', 'in order')
  }
}
