/** What the doctor has to say about one thing. */
export interface Finding {
  /** Such as `express`; each is there once. */
  about: string
  /** `note` is what nobody has to do anything about, or what could not be found out. */
  state: 'ok' | 'note' | 'wrong'
  /** In words, whatever text of others that has in it. */
  found: string
  /** What to do about it. */
  todo: string | undefined
  /** The same for programs. */
  facts: Facts
}

type Facts = Readonly<Record<string, unknown>> | undefined

/** What can be said about one thing. */
export type Say = Record<Finding['state'], (found: string, todo?: string) => Finding>

/**
 * To say of one thing how it is.
 *
 * @example
 * const { ok, wrong } = finding('node', { version })
 * return satisfies(version, '>=24') ? ok(version) : wrong(version, 'take a newer one')
 */
export function finding(about: string, facts?: Facts): Say {
  const say = (state: Finding['state']) => (found: string, todo?: string) => {
    return { about, state, found, todo, facts }
  }
  return { ok: say('ok'), note: say('note'), wrong: say('wrong') }
}

/** Several things in one phrase; `none` where there are none. */
export function listed(things: Iterable<string>, none = 'none'): string {
  return [...new Set(things)].join(', ') || none
}
