/** Deeper than any OTLP message that is read; what is below is left out, so that no input overflows the stack. */
const maxDepth = 200

/**
 * A message in protobuf's JSON as its plainest form: what is null is left out, which means its default, and fields in
 * snake_case have their camelCase names.
 * @see https://protobuf.dev/programming-guides/json/
 */
export function plainJson(input: unknown, depth = 0): unknown {
  if (typeof input !== 'object' || input === null) return input
  if (depth > maxDepth) return undefined
  if (Array.isArray(input))
    return input.flatMap((item: unknown) => (item === null ? [] : [plainJson(item, depth + 1)]))
  const plain: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(input))
    if (value !== null)
      plain[name.includes('_') ? camelCase(name) : name] = plainJson(value, depth + 1)
  return plain
}

const camelCase = (name: string) =>
  name.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())
