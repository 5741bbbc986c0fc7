import { AsyncResource } from 'node:async_hooks'
import { createRequire } from 'node:module'

/**
 * From now on a call over @grpc/grpc-js, of each copy that is loaded, goes on in the context in which it was made. Left
 * alone, those that wait for the host's address or a connection go on in the context of the call that opened it, and
 * leave with the identities of that request.
 *
 * Returns what leaves it as it was.
 */
export function keepGrpcContexts(): () => void {
  const undos = channelsOfCopies().flatMap((channel) =>
    Object.entries(QUEUES).map(([queue, resumes]) => patchQueue(channel, queue, resumes)),
  )
  return () => {
    for (const undo of undos) undo()
  }
}

/** What puts a call into a queue, and what calls it when its turn has come. */
const QUEUES = {
  queueCallForConfig: ['getConfig', 'reportResolverError'],
  queueCallForPick: ['doPick'],
}

/** grpc-js has the class of its channels in a file of its own. */
function channelsOfCopies(): object[] {
  const { cache } = createRequire(import.meta.url)
  return Object.entries(cache)
    .filter(([path]) => /[/\\]grpc-js[/\\]build[/\\]src[/\\]internal-channel\.js$/.test(path))
    .flatMap(([, module]) => module?.exports.InternalChannel?.prototype ?? [])
}

/** A call that waits again keeps the context in which it was made. */
const BOUND = Symbol.for('throughline.grpc')

function patchQueue(channel: object, queue: string, resumes: readonly string[]): () => void {
  const method: unknown = Reflect.get(channel, queue)
  if (typeof method !== 'function' || BOUND in method) return () => {}
  const patched = function (this: object, call: object) {
    for (const name of resumes) bindToContext(call, name)
    return Reflect.apply(method, this, [call])
  }
  Reflect.set(channel, queue, Object.assign(patched, { [BOUND]: true }))
  return () => {
    if (Reflect.get(channel, queue) === patched) Reflect.set(channel, queue, method)
  }
}

function bindToContext(call: object, name: string): void {
  const method: unknown = Reflect.get(call, name)
  if (typeof method !== 'function' || Object.hasOwn(call, name)) return
  const resource = new AsyncResource('GrpcWaiting')
  Reflect.set(call, name, (...args: unknown[]) =>
    resource.runInAsyncScope(() => Reflect.apply(method, call, args)),
  )
}
