import type { Logger } from 'pino'
/**
 * One of the symbols that pino lists as `pino.symbols`, such as `mixin`, as this logger has it: another copy of pino may
 * have made it. Undefined where it has none.
 */
export declare function symbolIn(logger: object, name: string): symbol | undefined
/** Whether a logger is pino's, of whatever copy. */
export declare function isPino(logger: object): logger is Logger
export declare const NOT_PINO =
  'no logger of pino: give one that pino() or child() has made, or options for one; another logger stays outside, with identities() on its lines'
