import type { ReceivedSpan } from './otlp-request.ts'

/**
 * The spans as a tree, to compare with one drawn by hand; siblings by name.
 * @example
 * GET /proxy (server)
 * └─ GET (client)
 *    └─ GET /echo (server)
 */
export function drawTree(spans: readonly ReceivedSpan[]): string {
  const known = new Set(spans.map(({ spanId }) => spanId))
  const roots = spans.filter(({ parentSpanId = '' }) => !known.has(parentSpanId))
  return byName(roots)
    .flatMap((root) => draw(root, spans))
    .join('\n')
}

function draw(span: ReceivedSpan, spans: readonly ReceivedSpan[]): string[] {
  const children = byName(spans.filter(({ parentSpanId }) => parentSpanId === span.spanId))
  const below = children.flatMap((child, i) => {
    const [branch, trunk] = i === children.length - 1 ? ['└─ ', '   '] : ['├─ ', '│  ']
    return draw(child, spans).map((line, j) => (j === 0 ? branch : trunk) + line)
  })
  const failed = span.status.code === 2 ? ' ERROR' : ''
  return [`${span.name} (${span.kind})${failed}`, ...below]
}

function byName(spans: ReceivedSpan[]): ReceivedSpan[] {
  return spans.toSorted((a, b) => a.name.localeCompare(b.name))
}
