import type { Order } from '../orders.ts'
import type { Logger } from '../throughline/log/lines.ts'

/** Takes orders from requests to the consumer, with both identities. */
export interface OrderQueue {
  /** Resolves when the order is on the queue; rejects with NotAccepted where nobody will promise that it is. */
  add(order: Order): Promise<void>
  /** What has failed each time, the oldest first. */
  deadLetters(): Promise<DeadLetter[]>
  /** Takes no orders any more, lets those that run finish within `withinMs`, and says what is left. */
  close(withinMs: number): Promise<void>
}

/** What travels. */
export interface Message {
  order: Order
  /** What `toCarrier` gave, as far as whoever wrote it is to be believed. */
  carrier: unknown
}

/** A message that has failed each time. */
export interface DeadLetter extends Message {
  /** The message of the last error. */
  error: string
  attempts: number
}

export interface QueueOptions {
  process(order: Order): Promise<void>
  logger: Logger
  /** How many orders may wait, those between two attempts included. */
  limit?: number
  /** How many dead letters are kept, the latest. */
  deadLimit?: number
  /** The pause before the second attempt, in milliseconds; each one after it takes twice as long. */
  pauseMs?: number
}

export const DEFAULTS = { limit: 1000, deadLimit: 1000, pauseMs: 500 }

/** How often a message is tried. */
export const ATTEMPTS = 3

/** How many messages are worked on at a time. */
export const CONCURRENCY = 4

/** An order that is not on the queue, or of which nobody knows; the message says why. */
export class NotAccepted extends Error {
  override readonly name = 'NotAccepted'
}
