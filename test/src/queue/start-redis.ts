import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { TestContext } from 'node:test'
import { holdPort } from '../../jaeger/held-port.ts'

/** Why tests with a real Redis are skipped, or false where there is one. */
export const withoutRedis: string | false =
  spawnSync('redis-server', ['--version']).status === 0
    ? false
    : 'needs a redis-server on the PATH: apt-get install redis-server'

/** A Redis of its own on loopback, whose data outlives `kill` and `start`, until the end of the test. */
export async function startRedis(t: TestContext, { args = [] }: { args?: string[] } = {}) {
  const redis = await stoppedRedis(t, { args })
  await redis.start()
  return redis
}

/** The same before its first start. */
export async function stoppedRedis(t: TestContext, { args = [] }: { args?: string[] } = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'redis-'))
  const { address, release } = await holdPort()
  await release()
  const [bind = '', port = ''] = address.split(':')
  let server: ChildProcess | undefined

  async function kill(): Promise<void> {
    if (server === undefined) return
    const gone = server
    server = undefined
    gone.kill('SIGKILL')
    await once(gone, 'exit')
  }
  t.after(async () => {
    await kill()
    await rm(folder, { recursive: true, force: true })
  })

  return {
    address,
    url: `redis://${address}`,
    kill,
    async start(): Promise<void> {
      const flags = ['--bind', bind, '--port', port, '--dir', folder, '--appendonly', 'yes']
      const durable = ['--appendfsync', 'always', '--save', '']
      server = spawn('redis-server', [...flags, ...durable, ...args], {
        stdio: ['ignore', 'pipe', 'ignore'],
      })
      await ready(server)
    },
    /** Lets it neither answer nor close its connections, or go on. */
    signal(signal: 'SIGSTOP' | 'SIGCONT'): void {
      server?.kill(signal)
    },
  }
}

function ready(server: ChildProcess): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const log: string[] = []
  server.once('error', reject)
  server.once('close', () => reject(new Error(`redis-server ended\n${log.join('\n')}`)))
  if (server.stdout === null) throw new Error('stdout is a pipe')
  createInterface(server.stdout).on('line', (line) => {
    log.push(line)
    if (line.includes('Ready to accept connections')) resolve()
  })
  return promise
}
