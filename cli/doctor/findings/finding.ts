/** What the doctor has to say about one thing. */
export interface Finding {
  /** Such as `express`; each is there once. */
  about: string
  /** `note` is what nobody has to do anything about, or what could not be found out. */
  state: 'ok' | 'note' | 'wrong'
  /** In words, whatever text of others that has in it. */
  found: string
  /** What to do about it. */
  todo?: string
  /** The same for programs. */
  facts?: Readonly<Record<string, unknown>>
}

/** Several things in one phrase; `none` where there are none. */
export function listed(things: Iterable<string>, none = 'none'): string {
  return [...new Set(things)].join(', ') || none
}
