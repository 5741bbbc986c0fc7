import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chownSync, existsSync, globSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import type { TestContext } from 'node:test'

/** Why there is no PostgreSQL here; false where there is. */
export function noPostgres(): string | false {
  if (binaries() === undefined)
    return "needs a PostgreSQL: install Debian's package postgresql, or put initdb into PATH"
  if (asUser() === undefined) return 'needs a user that PostgreSQL may run as: root it refuses'
  return false
}

/** A PostgreSQL of its own, on a socket in a temporary folder; the variables by which its clients find it. */
export async function startPostgres(t: TestContext): Promise<Record<string, string>> {
  const user = asUser()
  const folder = await mkdtemp(join(tmpdir(), 'postgres-'))
  if (user?.uid !== undefined && user.gid !== undefined) chownSync(folder, user.uid, user.gid)
  const run = (command: string, args: string[]) =>
    spawn(join(binaries() ?? '', command), args, {
      ...user,
      cwd: folder,
      env: { PATH: process.env.PATH, LC_ALL: 'C' },
      stdio: ['ignore', 'ignore', 'pipe'],
    })

  const data = join(folder, 'data')
  await once(run('initdb', ['-D', data, '-U', 'postgres', '-A', 'trust', '--no-sync']), 'exit')
  const server = run('postgres', ['-D', data, '-k', folder, '-h', '', '-F'])
  t.after(async () => {
    server.kill('SIGINT')
    if (server.exitCode === null) await once(server, 'exit')
    await rm(folder, { recursive: true })
  })
  await isReady(server)
  return { PGHOST: folder, PGUSER: 'postgres' }
}

async function isReady({ stderr }: ChildProcess): Promise<void> {
  if (stderr === null) throw new Error('postgres has no stderr')
  const log: string[] = []
  for await (const line of createInterface(stderr)) {
    log.push(line)
    if (line.includes('ready to accept connections')) return
  }
  throw new Error(`postgres did not start:\n${log.join('\n')}`)
}

/** The folder of initdb and postgres: PATH need not have it, Debian's is one for each version. */
function binaries(): string | undefined {
  const named = (process.env.PATH ?? '').split(':').map((folder) => join(folder, 'postgres'))
  const found = [...named, ...globSync('/usr/lib/postgresql/*/bin/postgres')].find(existsSync)
  return found && dirname(found)
}

/** Whom it runs as: whoever this is, but for root, who takes another. */
function asUser(): { uid?: number; gid?: number } | undefined {
  if (process.getuid?.() !== 0) return {}
  for (const name of ['postgres', 'nobody']) {
    try {
      const id = (what: string) => Number(execFileSync('id', [what, name], { stdio: 'pipe' }))
      return { uid: id('-u'), gid: id('-g') }
    } catch {
      // There is no such user: the next.
    }
  }
  return undefined
}
