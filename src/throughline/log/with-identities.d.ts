import { type Identities } from './identities.ts'
import type { Logger } from './lines.ts'
/**
 * Puts both identities on every line of a pino logger and of its children, and lets nobody else write them: what they
 * bind, set, format or serialize under these names is left out, since pino would write it beside ours, the same key
 * twice, or in its place. The logger keeps all else, a mixin of its own too. Throws a TypeError where it is not pino's,
 * or has a `nestedKey`.
 *
 * @example
 * const logger = withIdentities(pino({ redact: ['password'] }, { write() {} }))
 */
export declare function withIdentities<L extends Logger>(logger: L, ours?: Identities): L
