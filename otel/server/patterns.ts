/** A layer of an Express router, as far as it matches paths. */
export interface Matcher {
  match(path: string): unknown
}

/** `/api` and `/items` are `/api/items`; `/` adds nothing to what it is mounted under. */
export function join(mount: string, pattern: string): string {
  if (pattern === '/' || pattern === '') return mount || '/'
  return mount.endsWith('/') && pattern.startsWith('/') ? mount + pattern.slice(1) : mount + pattern
}

/** The one of several patterns that `url` matched: Express keeps to itself which it was. */
export function patternThatMatches(path: unknown, Layer: unknown, url: string): string {
  if (!Array.isArray(path)) return String(path)
  const alone = alternatives.get(path) ?? layersOf(path.flat(Infinity), Layer)
  alternatives.set(path, alone)
  for (const [pattern, matcher] of alone) if (matcher.match(url)) return pattern
  return path.join()
}

/** By array of patterns, a layer for each of them alone. */
const alternatives = new WeakMap<unknown[], Map<string, Matcher>>()

function layersOf(patterns: unknown[], Layer: unknown): Map<string, Matcher> {
  if (typeof Layer !== 'function') return new Map()
  const layer = (pattern: unknown): Matcher =>
    Reflect.construct(Layer, [pattern, { end: true }, () => {}])
  return new Map(patterns.map((pattern) => [String(pattern), layer(pattern)]))
}
