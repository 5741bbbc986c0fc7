/** Deeper than any OTLP message that is read; what is below is left out, so that no input overflows the stack. */
const maxDepth = 200

/**
 * Makes a parsed message of protobuf's JSON plain, in place: what is null is left out, which means its default, and
 * fields in snake_case get their camelCase names.
 * @see https://protobuf.dev/programming-guides/json/
 */
export function plainJson(input: unknown, depth = 0): unknown {
  if (typeof input !== 'object') return input
  if (input === null || depth > maxDepth) return undefined
  if (Array.isArray(input)) {
    const list: unknown[] = input.includes(null) ? input.filter((item) => item !== null) : input
    for (const [index, item] of list.entries())
      if (typeof item === 'object') list[index] = plainJson(item, depth + 1)
    return list
  }
  return isMessage(input) ? plainMessage(input, depth) : input
}

const isMessage = (input: object): input is Record<string, unknown> => !Array.isArray(input)

function plainMessage(fields: Record<string, unknown>, depth: number): object {
  for (const name of Object.keys(fields)) {
    const value = fields[name]
    if (typeof value === 'object') fields[name] = plainJson(value, depth + 1)
    if (name.includes('_')) fields[camelCase(name)] ??= fields[name]
  }
  return fields
}

const camelCase = (name: string) =>
  name.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())
