import type { Server } from 'node:http'
/** The answers that a server's clients are waiting for. */
export interface OpenAnswers {
  /** How many connections are remembered. */
  readonly size: number
  /** Makes each the last on its connection, which would stay open otherwise until it has been idle for long. */
  makeLast(): void
  /** Resolves when all are over: sent, or cut off. */
  over(): Promise<void>
}
/** Follows the answers of `server` from now on. */
export declare function openAnswers(server: Server): OpenAnswers
