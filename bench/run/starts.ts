import type { Measured } from './measured.ts'
import { ServerProcess } from './server-process.ts'
import { shuffled } from './shuffled.ts'
import type { Stage } from './stage.ts'

/** What a server inherits of our own environment: none of what would change what it does. */
const INHERITED = ['PATH', 'HOME', 'TMPDIR'] as const

/** How long an answer to one request alone may take, in milliseconds. */
const ANSWER_MS = 30_000

/** Starts each variant as often as planned, one at a time; the last start of each stays, and is held. */
export async function timeStarts(all: readonly Measured[], stage: Stage): Promise<void> {
  const { starts } = stage.plan
  for (let start = 1; start <= starts; start++) {
    stage.progress(`start-up, ${start} of ${starts}`)
    for (const one of shuffled(all)) {
      await one.attempt(async (measured) => {
        const server = await timeStart(measured, stage)
        if (start < starts) return server.kill()
        server.hold()
        measured.server = server
      })
    }
  }
}

async function timeStart({ variant, sink, startsMs }: Measured, stage: Stage) {
  const { args, cwd } = variant
  const began = performance.now()
  const server = await ServerProcess.start({
    args,
    cwd,
    env: {
      ...inherited(),
      NODE_ENV: 'production',
      DOWNSTREAM_URL: stage.downstreamUrl,
      ...variant.env(sink.url),
    },
    core: stage.cores?.server,
  })
  await ask(`${server.url}/echo`)
  startsMs.push(performance.now() - began)
  return server
}

/** Asks and reads the answer; rejects where it is none. */
export async function ask(url: string, headers: Record<string, string> = {}): Promise<void> {
  const response = await fetch(url, { headers, signal: AbortSignal.timeout(ANSWER_MS) })
  const text = await response.text()
  if (!response.ok) throw new Error(`${new URL(url).pathname} answered ${response.status}: ${text}`)
}

function inherited(): Record<string, string> {
  return Object.fromEntries(INHERITED.map((name) => [name, process.env[name] ?? '']))
}
