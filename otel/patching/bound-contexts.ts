import { AsyncLocalStorage } from 'node:async_hooks'
import type { Context } from '@opentelemetry/api'
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks'

/**
 * OpenTelemetry's context manager, but what is bound to a trace keeps all else that was current as well: instrumentations
 * bind what a pool or a socket calls back, and its lines would have the trace of the one request and the id of another.
 */
export class BoundContexts extends AsyncLocalStorageContextManager {
  override bind<T>(context: Context, target: T): T {
    const bound = super.bind(context, target)
    if (typeof bound !== 'function') return bound
    const inContext = AsyncLocalStorage.snapshot()
    return new Proxy(bound, {
      apply: (call, self, args) => inContext(() => Reflect.apply(call, self, args)),
    })
  }
}
