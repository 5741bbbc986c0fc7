/**
 * A pino logger, by what of it is used here, so that the types of no version of pino stand in ours; each pino logger is
 * one.
 */
export interface Logger {
  level: string
  trace: Write
  debug: Write
  info: Write
  warn: Write
  error: Write
  fatal: Write
  /** A logger that also writes `bindings` on each of its lines. */
  child(bindings: Record<string, unknown>): Logger
  isLevelEnabled(level: string): boolean
}
/** Writes a line: fields and a message, or a message alone. */
export interface Write {
  (fields: object, message?: string, ...values: unknown[]): void
  (message: string, ...values: unknown[]): void
}
