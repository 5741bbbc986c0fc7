interface Jobs {
  running: Set<Promise<unknown>>
  repeating: Set<NodeJS.Timeout>
}
declare global {
  var throughlineJobs: Jobs | undefined
}
/**
 * Runs work that no request started, under a correlation id and a trace of its own. Resolves to what the task gives,
 * or to undefined where it fails: that is said once, in a line with both ids and on the span, and never thrown on.
 *
 * @example
 * await runJob('cleanup', async () => 'clean') // 'clean'
 */
export declare function runJob<T>(name: string, task: () => T | Promise<T>): Promise<T | undefined>
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
export declare function every(ms: number, name: string, task: () => unknown): Repeating
/** Lets no job that repeats begin any more, and resolves when those that run are over. */
export declare function stopJobs(): Promise<void>
