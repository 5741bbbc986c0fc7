import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { onCore } from '../machine/cores.ts'

export interface LoadOptions {
  url: string
  connections: number
  seconds: number
  /** The core to keep the load to, where there is one. */
  core: number | undefined
}

/** As many requests as a server answers, on connections that are kept; resolves to requests a second. */
export type FullLoad = (options: LoadOptions) => Promise<number>

/** Full load by wrk. */
export const wrk: FullLoad = async ({ url, connections, seconds, core }) => {
  const args = ['--threads', '1', '--connections', `${connections}`, '--duration', `${seconds}s`]
  return requestsPerSecond(await output(onCore(core, ['wrk', ...args, url])))
}

/** What a command writes to stdout; rejects where it fails. */
export async function output([command = '', ...args]: string[]): Promise<string> {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  const [written, [code]] = await Promise.all([text(child.stdout), once(child, 'close')])
  if (code !== 0) throw new Error(`${command} ended with ${code}: ${written}`)
  return written
}

/** Reads wrk's report; throws where a request has failed, since what fails fast would look fast. */
export function requestsPerSecond(report: string): number {
  const failure = /^ *(Non-2xx.*|Socket errors.*)$/m.exec(report)?.[1]
  if (failure !== undefined) throw new Error(`requests failed under load: ${failure}`)
  const rate = Number(/^Requests\/sec: *([\d.]+)/m.exec(report)?.[1])
  if (!(rate > 0)) throw new Error(`wrk reported no requests: ${report}`)
  return rate
}
