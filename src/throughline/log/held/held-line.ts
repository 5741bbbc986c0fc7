import { type Context, createContextKey } from '@opentelemetry/api'
import { type RequestContext, runWithContext } from '../../identity/context.ts'
import { activeContext, withContext } from '../../identity/shared-api.ts'
import { SERIALIZERS } from '../pino-symbols.ts'
import { hasFormatter, type Inside, type Parts, type Serializers, serializersOf } from './inside.ts'
import { Snapshot, UNREADABLE } from './snapshot.ts'

/** In the context of a line that is written later than it was logged: its time is then its own. */
export const WRITTEN_LATE = createContextKey('throughline written late')

/** What a line takes in memory besides its fields, by estimate, in bytes. */
const LINE_BYTES = 200

/** A line that may be written later, as it would have been written at once. */
export class HeldLine {
  /** What it takes in memory, by estimate. */
  readonly bytes: number
  readonly #parts: Parts
  readonly #logger: Inside
  readonly #own: RequestContext
  readonly #context: Context
  readonly #time: unknown
  readonly #bound: unknown
  readonly #level: number
  #fields: object | null
  #message: unknown
  /** The fields that were serialized as the line was logged, and are not once more. */
  #serialized: string[] | undefined

  constructor(
    parts: Parts,
    logger: Inside,
    own: RequestContext,
    fields: unknown,
    message: unknown,
    level: number,
  ) {
    this.#parts = parts
    this.#logger = logger
    this.#own = own
    this.#context = activeContext()
    const time = logger[parts.time]
    this.#time = typeof time === 'function' ? time.call(logger) : ''
    this.#bound = logger[parts.bound]
    this.#level = level
    const snapshot = new Snapshot()
    this.#message = snapshot.of(message === undefined ? messageIn(fields, parts) : message)
    this.#fields =
      typeof fields === 'object' && fields !== null ? this.#take(fields, snapshot) : null
    this.bytes = LINE_BYTES + snapshot.bytes
  }

  /** The fields as they are now; those that have a serializer, as it shows them. */
  #take(given: object, snapshot: Snapshot): object {
    const { errorKey } = this.#parts
    const fields: Record<string, unknown> =
      given instanceof Error ? { [errorKey]: given } : { ...given }
    const serializers = serializersOf(this.#logger)
    for (const name in fields) {
      const value = fields[name]
      const serialize = serializers[name] ?? (name === errorKey ? serializers.err : undefined)
      if (serialize === undefined || value === undefined) fields[name] = snapshot.of(value)
      // A formatter of the app's own may ask what class an error is of.
      else if (!(value instanceof Error && hasFormatter(this.#logger))) {
        fields[name] = snapshot.of(serialized(serialize, value))
        this.#serialized ??= []
        this.#serialized.push(name)
      }
    }
    return fields
  }

  /** Writes it with the time and the ids of then. Never throws: what comes next is the line of an error. */
  write(): void {
    const { time, bound } = this.#parts
    const logger: Inside = Object.create(this.#logger, {
      [time]: { value: () => this.#time },
      [bound]: { value: this.#bound },
      [SERIALIZERS]: { value: this.#serializers() },
    })
    try {
      runWithContext(this.#own, () =>
        withContext(this.#context.setValue(WRITTEN_LATE, true), () =>
          this.#parts.write.call(logger, this.#fields, this.#message, this.#level),
        ),
      )
    } catch {
      // A mixin, formatter or serializer of the app's own that throws would have thrown at its caller.
    }
  }

  /** Writes another line in its place. */
  writeInstead(fields: object, message: string): void {
    this.#fields = fields
    this.#message = message
    this.write()
  }

  /** Lets go of what it says. */
  empty(): void {
    this.#fields = null
    this.#message = undefined
    this.#serialized = undefined
  }

  #serializers(): Serializers {
    const serializers = serializersOf(this.#logger)
    if (this.#serialized === undefined) return serializers
    const rest: Serializers = Object.create(serializers)
    for (const name of this.#serialized) rest[name] = (value) => value
    return rest
  }
}

/** The message that pino takes from an error where a call gives none. */
function messageIn(fields: unknown, { errorKey, messageKey }: Parts): unknown {
  if (typeof fields !== 'object' || fields === null) return undefined
  try {
    if (fields instanceof Error) return fields.message
    if (Reflect.get(fields, messageKey) !== undefined) return undefined
    return Reflect.get(fields, errorKey)?.message
  } catch {
    return undefined
  }
}

function serialized(serialize: (value: unknown) => unknown, value: unknown): unknown {
  try {
    return serialize(value)
  } catch {
    return UNREADABLE
  }
}
