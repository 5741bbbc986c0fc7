import { AsyncLocalStorage } from 'node:async_hooks'
import { context, ROOT_CONTEXT } from '@opentelemetry/api'
import { type ExportResult, ExportResultCode, suppressTracing } from '@opentelemetry/core'
import { reasonOf } from '../../src/throughline/answers/reason.ts'
import { listenForAnswers } from './answers.ts'
import type { Batches } from './batches.ts'
import { type CurrentExport, runExport } from './current-export.ts'
import type { ExportHealth } from './export-health.ts'

/** An exporter of spans, of log records or of metrics, by what one batch of them is. */
export interface Exporter<Batch> {
  export(batch: Batch, done: (result: ExportResult) => void): void
  shutdown(): Promise<void>
}

/** What became of a batch, or of a part of one. */
interface Outcome {
  /** Whether it arrived, but for what is lost of it. */
  arrived: boolean
  lost: number
  reason: string
}

/**
 * An exporter that tells `health` how each batch fared and has one batch in flight at the most, outside of any
 * request and untraced.
 *
 * Left alone, a batch processor exports from a timer that was started in some request: the collector would get that
 * request's `x-correlation-id`, and a line from the export would carry its ids. It answers a failed export by
 * starting the next beside it, so a batch that failed is reported as done: it is counted as lost already. And an
 * exporter throws at an item that it cannot encode, which would end the process: it is left out.
 */
export function watchExporter<Batch>(
  exporter: Exporter<Batch>,
  health: ExportHealth,
  batches: Batches<Batch>,
) {
  const outside = AsyncLocalStorage.snapshot()
  let last: Promise<void> = Promise.resolve()
  listenForAnswers()

  const send = async (batch: Batch): Promise<void> => {
    const { arrived, lost, reason } = await sendParts(batch, attempt, batches)
    const size = batches.size(batch)
    const gone = Math.min(lost, size)
    if (arrived && gone > 0) health.lose(gone, reason)
    if (arrived || gone < size) health.deliver(size - gone)
    if (!arrived) health.fail(gone, reason)
  }

  /** Rejects where the exporter throws. */
  const attempt = (batch: Batch): Promise<Outcome> => {
    const told = new Told(health)
    return new Promise((settle) => {
      const settled = ({ code, error }: ExportResult) => {
        if (code === ExportResultCode.SUCCESS && told.refusal === undefined) {
          settle({ arrived: true, ...told.rejection })
        } else {
          const reason = told.refusal ?? (error === undefined ? 'export failed' : reasonOf(error))
          settle({ arrived: false, lost: batches.size(batch), reason })
        }
      }
      context.with(suppressTracing(ROOT_CONTEXT), () =>
        runExport(told, () => exporter.export(batch, settled)),
      )
    })
  }

  return {
    export(batch: Batch, done: (result: ExportResult) => void): void {
      last = last.then(() => outside(() => send(batch)))
      last.then(() => done({ code: ExportResultCode.SUCCESS }))
    },
    async forceFlush(): Promise<void> {
      await last
    },
    async shutdown(): Promise<void> {
      await last
      await exporter.shutdown()
    },
  }
}

/** What one attempt of ours to export hears of it. */
class Told implements CurrentExport {
  wasAnswered = false
  refusal: string | undefined
  rejection = { lost: 0, reason: '' }
  readonly #health: ExportHealth

  constructor(health: ExportHealth) {
    this.#health = health
  }

  rejected(lost: number, reason: string): void {
    this.rejection = { lost, reason }
  }

  unanswered(reason: string): void {
    this.wasAnswered = false
    this.refusal = undefined
    this.#health.attemptFailed(reason)
  }

  answered(refusal: string | undefined): void {
    this.wasAnswered = true
    this.refusal = refusal
    if (refusal !== undefined) this.#health.attemptFailed(refusal)
  }
}

/** Sends a batch whole, or by halves where it cannot be encoded, until only what is to blame is left out. */
async function sendParts<Batch>(
  batch: Batch,
  attempt: (part: Batch) => Promise<Outcome>,
  { size, halves }: Batches<Batch>,
): Promise<Outcome> {
  const all: Outcome = { arrived: true, lost: 0, reason: '' }
  const parts = [batch]
  for (let part = parts.shift(); part !== undefined; part = parts.shift()) {
    try {
      const { arrived, lost, reason } = await attempt(part)
      all.lost += Math.min(lost, size(part))
      if (lost > 0) all.reason = reason
      if (arrived) continue
      // Whoever does not take one part is not asked for each of the others.
      return { arrived, reason, lost: parts.reduce((sum, left) => sum + size(left), all.lost) }
    } catch (error) {
      const smaller = halves(part)
      if (smaller === undefined) {
        all.lost += size(part)
        all.reason = `cannot be encoded: ${reasonOf(error)}`
      } else parts.unshift(...smaller)
    }
  }
  return all
}
