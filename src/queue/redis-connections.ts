import { AsyncResource } from 'node:async_hooks'
import { once } from 'node:events'
import { Redis, type RedisOptions } from 'ioredis'
import { reasonOf } from '../throughline/answers/reason.ts'
import { isOverWithin } from '../throughline/ending/is-over-within.ts'
import type { Logger } from '../throughline/log/lines.ts'

/** How long a request waits for Redis to answer a command, in milliseconds. */
const COMMAND_MS = 800

/** How long the start waits for Redis, and how long one try to connect takes, in milliseconds. */
const CONNECT_MS = 1000

export interface RedisConnections {
  /** For requests: a command fails at once where Redis is away, and is never sent twice. */
  sender: Redis
  /** For the consumer: a command waits until Redis is back. */
  receiver: Redis
  disconnect(): void
}

/**
 * Two connections to this Redis, which both come back by themselves; a line when it is away, and one when it is back.
 * Resolves when Redis has answered, or is known to be away.
 */
export async function connectRedis(url: string, logger: Logger): Promise<RedisConnections> {
  let ended = false
  const reconnecting: RedisOptions = {
    connectTimeout: CONNECT_MS,
    keepAlive: 10_000,
    retryStrategy: (times) => (ended ? null : Math.min(50 * 2 ** times, 1000)),
  }
  const sender = new Redis(url, {
    ...reconnecting,
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
    commandTimeout: COMMAND_MS,
  })
  const receiver = new Redis(url, { ...reconnecting, maxRetriesPerRequest: null })
  receiver.on('error', () => {}) // the sender tells of it
  const stop = tellOfOutages(sender, logger)
  await isOverWithin(
    CONNECT_MS,
    once(sender, 'ready').catch(() => {}),
  )
  return {
    sender,
    receiver,
    disconnect() {
      stop()
      ended = true
      for (const connection of [sender, receiver]) end(connection)
    },
  }
}

/** One that waits to connect again would forget, told to disconnect, whoever waits for its commands. */
function end(connection: Redis): void {
  if (connection.status === 'reconnecting') connection.once('ready', () => connection.disconnect())
  else connection.disconnect()
}

/** One line when an outage begins, one when it is over, without anybody's ids; what is given back ends it. */
function tellOfOutages(redis: Redis, logger: Logger): () => void {
  const { host, port } = redis.options
  let state: 'unknown' | 'there' | 'away' | 'ended' = 'unknown'
  const isAway = (reason: string) => {
    if (state === 'away' || state === 'ended') return
    state = 'away'
    logger.warn({ redis: `${host}:${port}`, reason }, 'orders queue failing')
  }
  const isThere = () => {
    if (state === 'away') logger.info({ redis: `${host}:${port}` }, 'orders queue recovered')
    if (state !== 'ended') state = 'there'
  }
  // Bound: a command that a request sends may be what finds the connection broken.
  redis.on(
    'error',
    AsyncResource.bind((error: Error) => isAway(reasonOf(error))),
  )
  redis.on(
    'close',
    AsyncResource.bind(() => isAway('connection closed')),
  )
  redis.on('ready', AsyncResource.bind(isThere))
  return () => {
    state = 'ended'
  }
}
