import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import type { TestContext } from 'node:test'
import { followProcess } from '../e2e/follow-process.ts'
import { startSink } from '../e2e/sink.ts'
import { makeEdits, readPackage } from './edits.ts'
import { packed } from './packed.ts'
import { record } from './results.ts'
import { runIn, shellEnvironment } from './shell.ts'
import { touchedLines } from './touched.ts'

const APPS = join(import.meta.dirname, 'apps')

export interface AdoptionOptions {
  /** Folder in apps/, with `before/` and, where the adoption changes files, `after/`. */
  app: string
  /** What is in the table of the README; left out, the app is not in it. */
  title?: string
  /** How its owner installs what package.json names. */
  install?: string
  /** Its package manager where that is not npm, such as `pnpm@10`. */
  manager?: string
}

/** An app of somebody else's, copied and installed, as it is before it has heard of Throughline. */
export async function ownedApp(t: TestContext, options: AdoptionOptions) {
  const { app, title, manager, install = 'npm install' } = options
  const parent = await mkdtemp(join(tmpdir(), 'adoption-'))
  t.after(() => rm(parent, { recursive: true, force: true }))
  const folder = join(parent, app)
  const edits = join(APPS, app, 'after')
  await cp(join(APPS, app, 'before'), folder, { recursive: true })
  if (manager !== undefined) await runIn(parent, `npm install --prefix tools ${manager}`)
  await runIn(folder, install)

  const commands: string[] = []
  let began: number | undefined

  /** Runs what the owner types for any change of theirs, such as their tests. */
  const run = (command: string) => runIn(folder, command)

  return {
    folder,
    run,
    /**
     * Makes the owner's edits and types `typed`, in which the tarball's name stands for the package. The clock runs
     * from the first command.
     */
    async adopt(...typed: string[]): Promise<void> {
      const tarball = await packed()
      await cp(tarball, join(folder, basename(tarball)))
      if (existsSync(edits)) await makeEdits(edits, folder)
      began = performance.now()
      for (const command of typed) {
        commands.push(command)
        await run(command)
      }
    },
    /** Runs the app's own start script, and resolves as soon as it listens. */
    async start(env: Record<string, string> = {}, script?: string) {
      const sink = await startSink(t)
      const { scripts } = await readPackage(folder)
      const child = spawn('/bin/sh', ['-c', `exec ${script ?? scripts.start}`], {
        cwd: folder,
        env: {
          ...shellEnvironment(folder),
          PORT: '0',
          SHUTDOWN_DRAIN_MS: '0',
          OTEL_EXPORTER_OTLP_ENDPOINT: sink.url,
          ...env,
        },
        stdio: ['ignore', 'pipe', 'pipe'],
      })
      const app = followProcess(t, child, (text) => text.startsWith('{'))
      const { port } = await app.waitForLine(({ msg }) => msg === 'listening')

      /** The answer to a request with this correlation id, its body read. */
      async function request(path: string, correlationId: string, init: RequestInit = {}) {
        const headers = { ...init.headers, 'x-correlation-id': correlationId }
        const response = await fetch(`http://127.0.0.1:${port}${path}`, { ...init, headers })
        return { status: response.status, headers: response.headers, body: await response.text() }
      }

      return { ...app, sink, spans: sink.spans, request }
    },
    /** Stops the clock, once: a request has been answered with both identities on its line. */
    async adopted(): Promise<void> {
      if (began === undefined) return
      const seconds = (performance.now() - began) / 1000
      began = undefined
      const before = join(parent, 'before')
      const after = join(parent, 'after')
      await cp(join(APPS, app, 'before'), before, { recursive: true })
      await cp(before, after, { recursive: true })
      await cp(edits, after, { recursive: true })
      const touched = await touchedLines(before, after)
      if (title !== undefined) await record(t, { title, touched, commands, seconds })
    },
  }
}

export type OwnedApp = Awaited<ReturnType<typeof ownedApp>>
export type StartedApp = Awaited<ReturnType<OwnedApp['start']>>
