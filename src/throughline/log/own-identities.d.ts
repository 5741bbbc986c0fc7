import type { ChildLoggerOptions } from 'pino'
import { type Identities } from './identities.ts'
/** A pino mixin: fields that each line gets. */
export type Mixin = (fields: object, level: number, logger: unknown) => object
/** A pino `mixinMergeStrategy`: the fields of a line, of those that a call passes in and those of the mixin. */
export type MergeStrategy = (fields: object, mixed: object) => object
/** The identities, on top of what another mixin says. */
export declare function mixinWith(theirs: Mixin | undefined, ours: Identities): Mixin
/**
 * The identities win over fields of the same name that a call passes in, and those that there is no value for are left
 * out, as outside of any request.
 */
export declare const mergeOwned: MergeStrategy
/** The same, around another strategy, or pino's own, for which a call's fields win over the mixin's. */
export declare function mergeStrategyWith(theirs?: MergeStrategy): MergeStrategy
/** Options of a child logger that bind, format or serialize no identity. */
export declare function withoutOurs(options: ChildLoggerOptions): ChildLoggerOptions
type Formatters = NonNullable<ChildLoggerOptions['formatters']>
/** Formatters that leave the identities of a line as the mixin has put them. */
export declare function guarded({ bindings, log }: Formatters): Formatters
/** Bound fields as pino has them, as JSON after a comma, without the identities. */
export declare function withoutBound(bound: string): string
export declare function without<T extends object>(fields: T): T
