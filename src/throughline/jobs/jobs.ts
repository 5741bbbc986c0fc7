import { randomUUID } from 'node:crypto'
import { ROOT_CONTEXT } from '@opentelemetry/api'
import { asError } from '../answers/thrown.ts'
import { ourLogger } from '../log/our-logger.ts'
import { runInJobContext } from './job-context.ts'

interface Jobs {
  running: Set<Promise<unknown>>
  repeating: Set<NodeJS.Timeout>
}

declare global {
  var throughlineJobs: Jobs | undefined
}

// On globalThis like the store: the shutdown waits for those of a second copy of this module too.
globalThis.throughlineJobs ??= { running: new Set(), repeating: new Set() }
const { running, repeating } = globalThis.throughlineJobs

/**
 * Runs work that no request started, under a correlation id and a trace of its own. Resolves to what the task gives,
 * or to undefined where it fails: that is said once, in a line with both ids and on the span, and never thrown on.
 *
 * @example
 * await runJob('cleanup', async () => 'clean') // 'clean'
 */
export function runJob<T>(name: string, task: () => T | Promise<T>): Promise<T | undefined> {
  const job = runSaid(name, task)
  running.add(job)
  job.finally(() => running.delete(job))
  return job
}

async function runSaid<T>(name: string, task: () => T | Promise<T>): Promise<T | undefined> {
  const own = { correlationId: randomUUID(), parent: ROOT_CONTEXT }
  return runInJobContext(name, {}, own, async () => {
    try {
      return await task()
    } catch (thrown) {
      ourLogger().error({ job: name, err: asError(thrown) }, 'job failed')
      throw thrown
    }
  }).catch(() => undefined)
}

/** A job that repeats; `stop` lets none begin any more, and resolves when the one that runs is over. */
export interface Repeating {
  stop(): Promise<void>
}

/**
 * Runs `task` as a job every `ms` milliseconds, the first time after that time. One that is still running is not begun
 * beside itself: that turn is left out. It does not keep the process alive, and the shutdown stops it and waits for it.
 *
 * @example
 * const cleanup = every(60_000, 'cleanup', async () => {})
 * await cleanup.stop()
 */
export function every(ms: number, name: string, task: () => unknown): Repeating {
  if (!(ms >= 1 && ms <= MAX_MS)) throw new RangeError(`every ${ms} ms: expected 1 to ${MAX_MS}`)
  let current: Promise<unknown> | undefined
  const timer = setInterval(() => {
    if (current !== undefined) return
    current = runJob(name, task)
    current.finally(() => {
      current = undefined
    })
  }, ms)
  timer.unref()
  repeating.add(timer)
  return {
    async stop() {
      clearInterval(timer)
      repeating.delete(timer)
      await current
    },
  }
}

/** The longest time that a timer takes, in milliseconds. */
const MAX_MS = 2 ** 31 - 1

/** Lets no job that repeats begin any more, and resolves when those that run are over. */
export async function stopJobs(): Promise<void> {
  for (const timer of repeating) clearInterval(timer)
  repeating.clear()
  while (running.size > 0) await Promise.all(running)
}
