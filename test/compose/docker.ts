import { execFile } from 'node:child_process'
import type { TestContext } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { z } from 'zod'
import type { Line } from '../e2e/app-process.ts'
import { holdPort } from '../jaeger/held-port.ts'
import { tracedBy } from '../traced-answer.ts'
import type { Variables } from './compose-file.ts'

const execute = promisify(execFile)

/** Why tests with containers are skipped, or false where there is Docker with compose. */
export async function withoutDocker(): Promise<string | false> {
  try {
    await execute('docker', ['version'])
    await execute('docker', ['compose', 'version'])
    return false
  } catch (error) {
    return `needs Docker with compose: ${error instanceof Error ? error.message.trim() : error}`
  }
}

/** Builds and starts docker-compose.yml as a project of its own, on free ports, until the end of the test. */
export async function startContainers(t: TestContext, variables: Variables) {
  const env = { ...process.env, ...(await freePorts()), ...variables }
  const project = `throughline-test-${process.pid}-${variables.JAEGER_STORAGE ?? 'default'}`
  const cwd = fileURLToPath(new URL('../..', import.meta.url))

  /** Its output, without the space around. */
  async function run(...args: string[]): Promise<string> {
    const command = ['compose', '--project-name', project, '--progress', 'quiet', ...args]
    const { stdout } = await execute('docker', command, { cwd, env, maxBuffer: 2 ** 28 })
    return stdout.trim()
  }
  async function lines(service: string): Promise<Line[]> {
    const text = await run('logs', '--no-log-prefix', service)
    return text.split('\n').map((line) => z.record(z.string(), z.unknown()).parse(JSON.parse(line)))
  }
  /** The first line that `matches`, as soon as it is there. */
  async function line(service: string, matches: (line: Line) => boolean): Promise<Line> {
    for (;;) {
      const found = (await lines(service)).find(matches)
      if (found !== undefined) return found
      await setTimeout(50)
    }
  }

  t.after(() => run('down', '--volumes'))
  await run('up', '--build', '--wait')
  return {
    ui: `http://localhost:${env.JAEGER_UI_PORT}`,
    run,
    lines,
    line,
    /** The answer to a request with this id, which no other has had, and its completion line. */
    async request(path: string, correlationId: string) {
      const url = `http://127.0.0.1:${env.APP_PORT}${path}`
      const response = await fetch(url, { headers: { 'x-correlation-id': correlationId } })
      const answer: unknown = await response.json()
      const isIts = (one: Line) =>
        one.correlationId === correlationId && one.msg === 'request completed'
      return { answer, line: await line('app', isIts) }
    },
    /** The trace ids of so many requests at once. */
    async traces(path: string, count: number): Promise<string[]> {
      const url = `http://127.0.0.1:${env.APP_PORT}${path}`
      const answers = await Promise.all(Array.from({ length: count }, () => fetch(url)))
      await Promise.all(answers.map((answer) => answer.text()))
      return answers.map(tracedBy)
    },
    async exitCode(service: string): Promise<number> {
      const container = await run('ps', '--all', '--quiet', service)
      const format = ['--format', '{{.State.ExitCode}}']
      const { stdout } = await execute('docker', ['inspect', ...format, container])
      return Number(stdout)
    },
  }
}

export type Compose = Awaited<ReturnType<typeof startContainers>>

async function freePorts(): Promise<Variables> {
  const names = ['APP_PORT', 'JAEGER_UI_PORT', 'OTLP_GRPC_PORT', 'OTLP_HTTP_PORT', 'METRICS_PORT']
  const held = await Promise.all(names.map(() => holdPort()))
  await Promise.all(held.map(({ release }) => release()))
  const ports = held.map(({ address }) => new URL(`http://${address}`).port)
  return Object.fromEntries(names.map((name, i) => [name, ports[i] ?? '']))
}
