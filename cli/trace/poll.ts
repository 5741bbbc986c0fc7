import type { Terminal } from '../command/command.ts'

/** How long to go on asking for what has not arrived yet, since spans leave an app in batches. */
export interface Patience extends Pick<Terminal, 'stderr' | 'pause'> {
  waitMs: number
  everyMs: number
  /** What is said, once and to a terminal alone, of what is waited for. */
  missing?: string
}

/** Asks until the answer is enough, or patience has run out; resolves to the last answer. */
export async function poll<T>(
  ask: () => Promise<T>,
  isEnough: (answer: T) => boolean,
  { waitMs, everyMs, missing, stderr, pause }: Patience,
): Promise<T> {
  const retries = Math.floor(waitMs / everyMs)
  for (let retry = 0; ; retry += 1) {
    const answer = await ask()
    if (retry >= retries || isEnough(answer)) return answer
    if (retry === 0 && missing !== undefined && stderr.isTTY === true)
      stderr.write(`${missing}: asking for up to ${waitMs / 1000} s\n`)
    await pause(everyMs)
  }
}
