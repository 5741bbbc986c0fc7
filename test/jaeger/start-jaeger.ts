import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { TestContext } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { holdPort } from './held-port.ts'
import { type JaegerAddresses, minimalConfig, portsConfig, type Storage } from './jaeger-config.ts'

export interface JaegerOptions {
  /** Where the minimal config keeps traces; memory by default. */
  storage?: Storage
  /** A config file to run instead of the minimal one, its ports moved to free ones. */
  config?: string
  /** The collector's own `--set` overrides, such as `exporters.prometheus.endpoint=127.0.0.1:0`. */
  set?: readonly string[]
}

export interface RunningJaeger {
  /** Base URL of the query API and the UI. */
  ui: string
  /** Base URL of the OTLP/HTTP receiver, without `/v1/traces`. */
  otlp: string
  /** Ends it and resolves once it is gone; the end of the test does the same. */
  stop(): Promise<void>
}

/** Why tests with a real Jaeger are skipped, or false where `JAEGER_BIN` names one. */
export function withoutJaeger(env: NodeJS.ProcessEnv = process.env): string | false {
  if (env.JAEGER_BIN) return false
  return 'needs a Jaeger 2.20 binary: JAEGER_BIN=/path/to/jaeger npm test'
}

/**
 * Starts the binary that `JAEGER_BIN` names and resolves once it is healthy; rejects with its log.
 * @example const { ui, otlp } = await startJaeger(t, { storage: 'badger' })
 */
export async function startJaeger(
  t: TestContext,
  options: JaegerOptions = {},
): Promise<RunningJaeger> {
  const folder = await mkdtemp(join(tmpdir(), 'jaeger-'))
  t.after(() => rm(folder, { recursive: true, force: true }))
  const addresses = await freeAddresses()
  const jaeger = spawn(
    process.env.JAEGER_BIN ?? 'jaeger',
    await flags(options, folder, addresses),
    {
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  )
  const stop = () => end(jaeger)
  t.after(stop)
  await ready(jaeger)
  await healthy(`http://${addresses.health}/status`)
  return { ui: `http://${addresses.ui}`, otlp: `http://${addresses.otlp}`, stop }
}

async function freeAddresses(): Promise<JaegerAddresses> {
  const [ui, otlp, health] = await Promise.all([holdPort(), holdPort(), holdPort()])
  await Promise.all([ui.release(), otlp.release(), health.release()])
  return { ui: ui.address, otlp: otlp.address, health: health.address }
}

async function flags(options: JaegerOptions, folder: string, addresses: JaegerAddresses) {
  const { storage = 'memory', config, set = [] } = options
  const base = config ?? (await write(folder, 'minimal', minimalConfig(storage, folder)))
  const ports = await write(folder, 'ports', portsConfig(addresses))
  return ['--config', base, '--config', ports, ...set.map((override) => `--set=${override}`)]
}

async function write(folder: string, name: string, config: object): Promise<string> {
  const path = join(folder, `${name}.yaml`)
  await writeFile(path, JSON.stringify(config)) // JSON is YAML
  return path
}

function ready(jaeger: ChildProcess): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const log: string[] = []
  jaeger.once('error', reject)
  // `close` comes after the last line of its log, `exit` may come before it.
  jaeger.once('close', (code) => reject(new Error(`jaeger ended with ${code}\n${log.join('\n')}`)))
  if (jaeger.stderr === null) throw new Error('stderr is a pipe')
  createInterface(jaeger.stderr).on('line', (line) => {
    log.push(line)
    if (line.includes('Everything is ready')) resolve()
  })
  return promise
}

/** Asks until the answer is 200: its components report in after it says that it is ready. */
async function healthy(url: string): Promise<void> {
  while (!(await fetch(url)).ok) await setTimeout(20)
}

async function end(jaeger: ChildProcess): Promise<void> {
  if (jaeger.pid === undefined || jaeger.exitCode !== null || jaeger.signalCode !== null) return
  const gone = once(jaeger, 'exit')
  jaeger.kill('SIGKILL') // asked politely it waits 10 s for fetch's kept-alive connections
  await gone
}
