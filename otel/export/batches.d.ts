import type { ResourceMetrics } from '@opentelemetry/sdk-metrics'
/** How the batches of a signal are counted and taken apart. */
export interface Batches<Batch> {
  /** How many items are lost with a batch. */
  size(batch: Batch): number
  /** The batch in two; undefined where it is one item. */
  halves(batch: Batch): [Batch, Batch] | undefined
}
/** Spans and log records come as lists. */
export declare function lists<Item>(): Batches<Item[]>
/** Metrics come as one interval, which counts as lost with the first of its metrics that is. */
export declare const intervals: Batches<ResourceMetrics>
