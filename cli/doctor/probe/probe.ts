import { once } from 'node:events'
import { writeSync } from 'node:fs'
import { createServer, type RequestListener } from 'node:http'
import { context, ROOT_CONTEXT, type Span, trace } from '@opentelemetry/api'
import { type Logger, pino as ourPino } from 'pino'
import { z } from 'zod'
import { reasonOf } from '../../../src/throughline/answers/reason.ts'
import { isSampled } from '../../../src/throughline/identity/active-trace.ts'
import { holderOf } from '../../../src/throughline/identity/shared-api.ts'
import { portOf } from '../../../src/throughline/server/listen.ts'
import { installedTelemetry } from '../../../src/throughline/telemetry.ts'
import { type Failed, type Import, libraryLoader, type ProbeTask } from './app-libraries.ts'
import { PROBED, type Probed } from './evidence.ts'
import { apiVersion, librariesOf, serviceOf } from './surroundings.ts'

/** How long what was made may take to be sent, in milliseconds. */
const SENDING_MS = 8000

/** How often a sampler is asked: one that takes a thousandth of all traces has taken one by then. */
const MOST_TRIES = 20_000

/**
 * Does what an app does, in a process that was started as one, and ends it: loads the app's own libraries, starts
 * telemetry, serves a request and calls it in a span, and sends all that. What it saw stands on its last line on
 * stdout, after telemetry's own lines. `early` are the files that were loaded before our register, where that was noted.
 */
export async function probe(
  task: ProbeTask,
  importFromApp: Import,
  early: readonly string[] = [],
): Promise<void> {
  const failed: Failed = []
  const load = libraryLoader(task, importFromApp, failed)
  const express = Express.parse(await load('express'))
  const undici = Undici.parse(await load('undici'))
  const pino = Pino.parse(await load('pino')) ?? ourPino
  const logger = pino(pino.destination({ dest: 1, sync: true }))
  const telemetry = installedTelemetry()
  telemetry.start(withoutRecords(logger))

  const span = sampledSpan()
  const spanContext = span.spanContext()
  const { traceId, spanId } = spanContext
  const listener = express === undefined ? hello : express().get(PATH, hello)
  try {
    await context.with(trace.setSpan(ROOT_CONTEXT, span), async () => {
      logger.info('throughline doctor')
      await serveAndCall(listener, undici)
    })
  } catch (error) {
    failed.push({ library: 'a request to itself', reason: reasonOf(error) })
  }
  span.end()
  await telemetry.shutdown(SENDING_MS)

  const probed: Omit<Probed, 'msg'> = {
    traceId,
    spanId,
    sampled: isSampled(spanContext),
    api: apiVersion(),
    holder: holderOf('trace'),
    early: librariesOf(early),
    service: serviceOf(process.env),
    traceUiUrl: process.env.TRACE_UI_URL,
    failed,
  }
  write(probed, PROBED)
  // Whatever the app's preloads go on doing.
  process.exit()
}

const PATH = '/throughline-doctor'

const hello: RequestListener = (_req, res) => {
  res.end('hello')
}

interface ExpressApp extends RequestListener {
  get(path: string, handler: RequestListener): RequestListener
}
type Undici = (url: string) => Promise<{ body: { text(): Promise<string> } }>

const isFunction = (value: unknown) => typeof value === 'function'
const Express = z.custom<() => ExpressApp>(isFunction).optional().catch(undefined)
const Undici = z
  .object({ request: z.custom<Undici>(isFunction) })
  .optional()
  .catch(undefined)
const Pino = z.custom<typeof ourPino>(isFunction).optional().catch(undefined)

function write(fields: object, msg: string): void {
  writeSync(1, `${JSON.stringify({ ...fields, msg })}\n`)
}

/** The same logger to look at, whose lines are never sent: those about the sending would come too late for that. */
function withoutRecords(logger: Logger): Logger {
  const levels = { debug: write, info: write, warn: write, error: write }
  return Object.assign(Object.create(logger), levels)
}

/** A root span, of as many as it takes until one is sampled. */
function sampledSpan(): Span {
  const tracer = trace.getTracer('throughline.doctor')
  const start = () => tracer.startSpan('throughline doctor', {}, ROOT_CONTEXT)
  let span = start()
  for (let tries = 1; tries < MOST_TRIES && !span.isRecording(); tries += 1) span = start()
  return span
}

async function serveAndCall(listener: RequestListener, undici: z.infer<typeof Undici>) {
  const server = createServer(listener).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = `http://127.0.0.1:${portOf(server)}${PATH}`
  await (await fetch(url)).text()
  await (await undici?.request(url))?.body.text()
  server.close()
}
