import { IncomingMessage, ServerResponse } from 'node:http'
import type { Context } from '@opentelemetry/api'
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks'

/**
 * The SDK's context manager, which leaves a server's requests and responses alone: src/own-context.ts runs their
 * listeners in their context, for the store and the trace at once, and patching them one by one besides cost a sixth
 * of the throughput.
 */
export class ContextManager extends AsyncLocalStorageContextManager {
  override bind<T>(context: Context, target: T): T {
    return isServerSide(target) ? target : super.bind(context, target)
  }
}

function isServerSide(target: unknown): boolean {
  // A client's IncomingMessage names the request that it answers.
  return (
    target instanceof ServerResponse || (target instanceof IncomingMessage && !('req' in target))
  )
}
