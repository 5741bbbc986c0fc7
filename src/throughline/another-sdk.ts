import { isOverWithin } from './ending/is-over-within.ts'
import { holderOf, type Place, providerAt, sharedApi } from './identity/shared-api.ts'
import { REGISTER } from './settings/as-installed.ts'
import type { Telemetry } from './telemetry.ts'

/** How long another SDK may take to send what it has; how its export fares nobody here knows, in milliseconds. */
const FLUSH_MS = 2000

/** What has something to send at the end. */
const SENDERS: Place[] = ['trace', 'metrics', 'logs']

/** Telemetry where our register was not loaded: whoever else has registered, or nobody. */
export const anotherSdk: Telemetry = {
  start(logger) {
    const sdk = holderOf('trace')
    if (sdk === undefined)
      logger.warn({ reason: `started without --import ${REGISTER}` }, 'telemetry off')
    else
      logger.info(
        { sdk, api: sharedApi()?.version, reason: 'another SDK makes the spans' },
        'telemetry on',
      )
  },
  async shutdown(budgetMs) {
    const sent = Promise.allSettled(SENDERS.map(flush))
    await isOverWithin(Math.min(budgetMs, FLUSH_MS), sent)
  },
}

async function flush(place: Place): Promise<void> {
  const provider = providerAt(place)
  if (provider === undefined) return
  const forceFlush = Reflect.get(provider, 'forceFlush')
  if (typeof forceFlush === 'function') await forceFlush.call(provider)
}
