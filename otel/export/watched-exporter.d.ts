import { type ExportResult } from '@opentelemetry/core'
import type { Batches } from './batches.ts'
import type { ExportHealth } from './export-health.ts'
/** An exporter of spans, of log records or of metrics, by what one batch of them is. */
export interface Exporter<Batch> {
  export(batch: Batch, done: (result: ExportResult) => void): void
  shutdown(): Promise<void>
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
export declare function watchExporter<Batch>(
  exporter: Exporter<Batch>,
  health: ExportHealth,
  batches: Batches<Batch>,
): {
  export(batch: Batch, done: (result: ExportResult) => void): void
  forceFlush(): Promise<void>
  shutdown(): Promise<void>
}
