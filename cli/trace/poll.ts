import type { Terminal } from '../command/command.ts'

/** How often to ask again for what has not arrived yet: spans leave an app in batches. */
export interface Patience {
  retries: number
  /** Resolves when it is time to ask again. */
  pause(): Promise<unknown>
}

interface Wait {
  waitMs: number
  everyMs: number
  /** What is said, once and to a terminal alone, of what is waited for. */
  missing?: string
}

/** Patience for so many milliseconds. */
export function patienceFor(
  { waitMs, everyMs, missing }: Wait,
  { stderr, pause }: Pick<Terminal, 'stderr' | 'pause'>,
): Patience {
  let told = missing === undefined || stderr.isTTY !== true
  return {
    retries: Math.floor(waitMs / everyMs),
    pause() {
      if (!told) stderr.write(`${missing}: asking for up to ${waitMs / 1000} s\n`)
      told = true
      return pause(everyMs)
    },
  }
}

/** Asks until the answer is enough, or patience has run out; resolves to the last answer. */
export async function poll<T>(
  ask: () => Promise<T>,
  isEnough: (answer: T) => boolean,
  { retries, pause }: Patience,
): Promise<T> {
  for (let retry = 0; ; retry += 1) {
    const answer = await ask()
    if (retry >= retries || isEnough(answer)) return answer
    await pause()
  }
}
