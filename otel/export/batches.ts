import type { ResourceMetrics } from '@opentelemetry/sdk-metrics'

/** How the batches of a signal are counted and taken apart. */
export interface Batches<Batch> {
  /** How many items are lost with a batch. */
  size(batch: Batch): number
  /** The batch in two; undefined where it is one item. */
  halves(batch: Batch): [Batch, Batch] | undefined
}

/** Spans and log records come as lists. */
export function lists<Item>(): Batches<Item[]> {
  return { size: (items) => items.length, halves: halvesOf }
}

/** Metrics come as one interval, which counts as lost with the first of its metrics that is. */
export const intervals: Batches<ResourceMetrics> = {
  size: () => 1,
  halves({ resource, scopeMetrics }) {
    const single = scopeMetrics.flatMap(({ scope, metrics }) =>
      metrics.map((metric) => ({ scope, metrics: [metric] })),
    )
    const halves = halvesOf(single)
    return (
      halves && [
        { resource, scopeMetrics: halves[0] },
        { resource, scopeMetrics: halves[1] },
      ]
    )
  },
}

function halvesOf<Item>(items: Item[]): [Item[], Item[]] | undefined {
  if (items.length < 2) return
  const middle = items.length >> 1
  return [items.slice(0, middle), items.slice(middle)]
}
