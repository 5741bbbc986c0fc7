import type { ReadableSpan } from '@opentelemetry/sdk-trace'
import { isSampled } from '../../src/throughline/identity/active-trace.ts'
import type { Cause, HeldTrace } from '../../src/throughline/identity/held-trace.ts'
import type { Aged } from './by-age.ts'
import { adjustedCount, exportedSpan, type Head } from './exported-span.ts'
import { failureOf } from './failure.ts'
import { spanBytes } from './span-bytes.ts'
import type { Undecided } from './undecided.ts'

/** What makes a trace worth keeping that the head did not sample. */
export interface KeepRules {
  /** Whether it is that something in it failed. */
  errors: boolean
  /** Whether it is that it took longer than this, in milliseconds. */
  slowerMs: number | undefined
}

/** Under whom a local trace is decided about. */
export interface Deciding {
  rules: KeepRules
  head: Head
  undecided: Undecided
  send(span: ReadableSpan): void
}

/** How many of the spans that were dropped may come back, when something fails after the answer. */
const MAX_LATE = 32

/** `held` until it is decided, `let go` where it had to make room until then; `sampled` is the head's own decision. */
type Fate = 'held' | 'let go' | 'sampled' | 'kept' | 'dropped'

/**
 * The spans of one request or job in this process: all under one whose parent is elsewhere or nowhere. It is kept from
 * the first failure on, or dropped when that span ends.
 */
export class LocalTrace implements HeldTrace, Aged<LocalTrace> {
  readonly #root: ReadableSpan
  readonly #deciding: Deciding
  readonly startedAt = performance.now()
  older: LocalTrace | undefined
  newer: LocalTrace | undefined
  #fate: Fate
  #cause: Cause | undefined
  #isSettled = false
  #held: ReadableSpan[] = []
  #bytes = 0
  /** The last of those that were dropped: as long as anything runs under them, it may fail. */
  #late: ReadableSpan[] = []

  constructor(root: ReadableSpan, deciding: Deciding) {
    this.#root = root
    this.#deciding = deciding
    this.#fate = isSampled(root.spanContext()) ? 'sampled' : 'held'
  }

  get isKept(): boolean {
    return this.#fate === 'kept'
  }

  /** Of what is held, as `spanBytes` counts. */
  get bytes(): number {
    return this.#bytes
  }

  fail(cause: Cause): void {
    if (this.#deciding.rules.errors) this.#keep(cause)
  }

  settle(): void {
    if (this.#isSettled) return
    this.#isSettled = true
    const { slowerMs } = this.#deciding.rules
    if (slowerMs !== undefined && this.tookMs() > slowerMs) this.#keep('slow')
  }

  /** Takes a span of it that has ended. */
  ended(span: ReadableSpan): void {
    const failure = failureOf(span)
    if (failure !== undefined) this.fail(failure)
    const isRoot = span === this.#root
    if (isRoot) this.settle()
    if (this.#fate === 'kept' || this.#fate === 'sampled') this.#send(span)
    else if (isRoot || this.#fate === 'dropped') this.#drop(this.#take(span))
    else if (this.#fate === 'held') this.#hold(span)
    else this.#deciding.undecided.letGo(1)
  }

  /** Nothing more will speak for it: keeps it where it was slow, else drops it. */
  decide(): void {
    this.settle()
    if (!this.isKept) this.#drop(this.#take())
  }

  /** Makes room; what ends later is kept all the same, where something fails yet. */
  letGo(): void {
    this.settle()
    if (this.#fate !== 'held') return
    this.#fate = 'let go'
    this.#deciding.undecided.letGo(this.#take().length)
  }

  tookMs(): number {
    return performance.now() - this.startedAt
  }

  #keep(cause: Cause): void {
    this.#cause ??= cause
    if (this.#fate === 'kept' || this.#fate === 'sampled') return
    this.#deciding.undecided.keep(this.#late.length)
    const spans = [...this.#late.splice(0), ...this.#take()]
    this.#fate = 'kept'
    for (const span of spans) this.#send(span)
  }

  #drop(spans: ReadableSpan[]): void {
    this.#fate = 'dropped'
    this.#deciding.undecided.drop(spans.length)
    this.#late = this.#late.length === 0 ? spans : this.#late.concat(spans)
    if (this.#late.length > MAX_LATE) this.#late = this.#late.slice(-MAX_LATE)
  }

  #send(span: ReadableSpan): void {
    const isRoot = span === this.#root
    const { send, head } = this.#deciding
    // A sampler of a collector's keeps by it what the head took, and of which it sees no failure, as of a line.
    const cause = this.isKept || isRoot ? this.#cause : undefined
    const count = isRoot ? adjustedCount(span, this.#cause, head) : undefined
    send(exportedSpan(span, cause, count))
  }

  #hold(span: ReadableSpan): void {
    const { undecided } = this.#deciding
    if (this.#held.push(span) === 1) undecided.add(this)
    this.#grow(spanBytes(span))
    if (this.#held.length > undecided.limits.spansPerTrace) {
      const oldest = this.#held.shift()
      if (oldest !== undefined) this.#grow(-spanBytes(oldest))
      undecided.letGo(1)
    }
    undecided.makeRoom()
  }

  #grow(bytes: number): void {
    this.#bytes += bytes
    this.#deciding.undecided.grow(bytes)
  }

  /** What is held, and then no more, with `last` behind it. */
  #take(...last: ReadableSpan[]): ReadableSpan[] {
    const spans = this.#held
    if (spans.length > 0) {
      this.#held = []
      this.#grow(-this.#bytes)
      this.#deciding.undecided.delete(this)
    }
    return [...spans, ...last]
  }
}
