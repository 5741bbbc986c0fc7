import { AsyncLocalStorage } from 'node:async_hooks'
import { context, ROOT_CONTEXT } from '@opentelemetry/api'
import { type ExportResult, ExportResultCode, suppressTracing } from '@opentelemetry/core'
import type { ExportHealth } from './export-health.ts'
import { listenForRejections } from './rejections.ts'

/** An exporter of spans, of log records or of metrics, by what one batch of them is. */
export interface Exporter<Batch> {
  export(batch: Batch, done: (result: ExportResult) => void): void
  shutdown(): Promise<void>
}

/**
 * An exporter that tells `health` how each batch fared and has one batch in flight at the most, outside of any
 * request and untraced. `sizeOf` says how many items of a batch are lost with it.
 *
 * Left alone, a batch processor exports from a timer that was started in some request: the collector would get that
 * request's `x-correlation-id`, and a line from the export would carry its ids. It answers a failed export by
 * starting the next beside it, so a batch that failed is reported as done: it is counted as lost already.
 */
export function watchExporter<Batch>(
  exporter: Exporter<Batch>,
  health: ExportHealth,
  sizeOf: (batch: Batch) => number,
) {
  const outside = AsyncLocalStorage.snapshot()
  let last: Promise<void> = Promise.resolve()

  const send = (batch: Batch): Promise<void> => {
    const lostBefore = health.lost
    let left = sizeOf(batch)
    let rejected = false
    const reject = (count: number, reason: string) => {
      const lost = Math.min(count, left)
      rejected = true
      left -= lost
      health.lose(lost, reason)
    }
    return new Promise((settle) => {
      const settled = (result: ExportResult) => {
        if (result.code !== ExportResultCode.SUCCESS) {
          health.lose(left, result.error?.message || 'export failed')
        } else if (left > 0 || !rejected) {
          health.deliver(left, lostBefore)
        }
        settle()
      }
      context.with(suppressTracing(ROOT_CONTEXT), () =>
        listenForRejections(reject, () => exporter.export(batch, settled)),
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
