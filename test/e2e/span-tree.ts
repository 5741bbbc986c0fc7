import assert from 'node:assert/strict'
import type { ReceivedSpan } from './otlp-request.ts'

/**
 * Asserts that the spans make this tree; siblings stand by name.
 * @example
 * assertTree(spans, `
 * GET /proxy (server)
 * └─ GET (client)
 *    └─ GET /echo (server)
 * `)
 */
export function assertTree(spans: readonly ReceivedSpan[], tree: string): void {
  const known = new Set(spans.map(({ spanId }) => spanId))
  const roots = spans.filter(({ parentSpanId = '' }) => !known.has(parentSpanId))
  const drawn = inOrder(roots).flatMap((root) => draw(root, spans))
  assert.equal(drawn.join('\n'), tree.trim())
}

function draw(span: ReceivedSpan, spans: readonly ReceivedSpan[]): string[] {
  const children = inOrder(spans.filter(({ parentSpanId }) => parentSpanId === span.spanId))
  const below = children.flatMap((child, i) => {
    const [branch, trunk] = i === children.length - 1 ? ['└─ ', '   '] : ['├─ ', '│  ']
    return draw(child, spans).map((line, j) => (j === 0 ? branch : trunk) + line)
  })
  return [label(span), ...below]
}

function label({ name, kind, status }: ReceivedSpan): string {
  return `${name} (${kind})${status.code === 2 ? ' ERROR' : ''}`
}

function inOrder(spans: ReceivedSpan[]): ReceivedSpan[] {
  return spans.toSorted((a, b) => label(a).localeCompare(label(b)))
}
