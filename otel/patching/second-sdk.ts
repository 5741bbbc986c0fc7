import { Server as HttpServer } from 'node:http'
import { Server as HttpsServer } from 'node:https'
import { isWrapped } from '@opentelemetry/instrumentation'
import { REGISTER } from '../../src/throughline/settings/as-installed.ts'
import type { Report } from '../export/export-health.ts'

/** How the API says that somebody wants a place of it that is taken, or by an older copy of it: with the stack. */
const REFUSED =
  /@opentelemetry\/api: (?:Attempted duplicate registration of API|Registration of version .* does not match)/

/** The file and line of a frame, such as `at start (/app/telemetry.js:4:5)`. */
const FRAME = /^ {4}at (?:.*\()?(.+?):(\d+):\d+\)?$/

/** The package that a file in node_modules belongs to. */
const PACKAGE = /.*[/\\]node_modules[/\\]((?:@[^/\\]+[/\\])?[^/\\]+)/

/** Who else starts an SDK. */
export interface SecondSdk {
  /** The package that registers it, such as `@opentelemetry/sdk-node`. */
  by: string | undefined
  /** Where the app has it start, as file and line. */
  at: string | undefined
}

/** The second SDK that one of the API's own messages is about; undefined where it is about none. */
export function secondSdkIn(message: string): SecondSdk | undefined {
  if (!REFUSED.test(message)) return undefined
  const second: SecondSdk = { by: undefined, at: undefined }
  for (const line of message.split('\n')) {
    const [, file, number] = FRAME.exec(line) ?? []
    if (file === undefined) continue
    const name = PACKAGE.exec(file)?.[1]?.replace('\\', '/')
    // What comes before it are those that load it, such as tsx, and not who it is.
    if (name === undefined) {
      if (!file.startsWith('node:')) second.at = `${file.replace('file://', '')}:${number}`
      break
    }
    if (name !== '@opentelemetry/api') second.by = name
  }
  return second
}

/** Says once that a second SDK is there: at once, and in the start-up line, or else when a server listens. */
export class TwoSdks {
  readonly #report: Report
  #reason: string | undefined

  constructor(report: Report) {
    this.#report = report
  }

  /** Notes one that the API has refused. */
  add(second: SecondSdk): void {
    if (this.#reason !== undefined) return
    this.#reason = reasonFor(second)
    this.#report('warn', { reason: this.#reason }, 'telemetry twice')
  }

  /** For the start-up line, which says it; undefined where there is one SDK. */
  atStart(): string | undefined {
    if (areServersWrapped()) this.#reason ??= reasonFor(UNHEARD)
    return this.#reason
  }

  /** Says of one that started after the app, and of which nothing was heard. */
  sayLater(): void {
    if (areServersWrapped()) this.add(UNHEARD)
  }
}

/** What shows itself by its work alone, since it has taken the API's messages too. */
const UNHEARD: SecondSdk = { by: '@opentelemetry/instrumentation-http', at: undefined }

function areServersWrapped(): boolean {
  return [HttpServer, HttpsServer].some(({ prototype }) => hasWrapper(prototype.emit))
}

/** Whether OpenTelemetry's wrapper is around it: others wrap it as well, such as pm2 for its metrics. */
function hasWrapper(emit: unknown): boolean {
  for (let each = emit; isWrapped(each); each = Reflect.get(each, '__original')) {
    if (each.name === WRAPPER) return true
  }
  return false
}

/** What the http instrumentation calls its wrapper, in each version. */
const WRAPPER = 'incomingRequest'

function reasonFor({ by = 'the other SDK', at }: SecondSdk): string {
  const other = at === undefined ? by : `${by} in ${at}`
  return `two SDKs make spans of each request: take out ${other}, or take out ${REGISTER} to keep that one, and lines have its ids all the same`
}
