import type { Logger } from 'pino'

/** The lines that are measured. */
export const LINES: Record<string, (logger: Logger) => void> = {
  'a message alone': (logger) => logger.debug('looking for the order'),
  'five fields': (logger) =>
    logger.debug(
      { order: 'order-4711', item: 'tea', quantity: 2, price: 4.5, gift: false },
      'order found',
    ),
  'a nested object and an error': (logger) =>
    logger.debug(
      { order: { id: 'order-4711', items: [{ name: 'tea', quantity: 2 }] }, err: error },
      'order refused',
    ),
}

/** One for all: making it, and its stack, would be a part of the line's cost. */
const error = new Error('out of tea')
