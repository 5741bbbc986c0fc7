/** A layer of an Express router, as far as it matches paths. */
export interface Matcher {
  match(path: string): unknown
}
/** `/api` and `/items` are `/api/items`; `/` adds nothing to what it is mounted under. */
export declare function join(mount: string, pattern: string): string
/** The one of several patterns that `url` matched: Express keeps to itself which it was. */
export declare function patternThatMatches(path: unknown, Layer: unknown, url: string): string
