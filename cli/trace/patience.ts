import type { Writable } from 'node:stream'

export interface Patience {
  /** How often to ask again, since spans leave the app in batches. */
  retries: number
  /** Resolves when it is time to ask again. */
  pause(): Promise<unknown>
}

interface Wait {
  waitMs: number
  everyMs: number
  /** What is said, once and to a terminal alone, of what is waited for. */
  missing: string
}

/** Patience for so many milliseconds. */
export function patienceFor(
  { waitMs, everyMs, missing }: Wait,
  {
    stderr,
    pause,
  }: { stderr: Writable & { isTTY?: boolean }; pause(ms: number): Promise<unknown> },
): Patience {
  let told = stderr.isTTY !== true
  return {
    retries: Math.floor(waitMs / everyMs),
    pause() {
      if (!told) stderr.write(`${missing}: asking for up to ${waitMs / 1000} s\n`)
      told = true
      return pause(everyMs)
    },
  }
}
