import type { Export } from '../sdk.ts'
import type { ExportHealth } from './export-health.ts'
/**
 * Sends what is left of one signal, ends it, and has it say what was lost. Never rejects, and takes `budgetMs` at the
 * most, or a second from when its export is known to fail.
 */
export declare function flush(exported: Export, budgetMs: number): Promise<void>
/**
 * Waits for `sending`: for `budgetMs` at the most, or a second from when the export is known to fail. Says whether it
 * was over in time, and never rejects.
 */
export declare function inTime(
  sending: Promise<void>,
  health: ExportHealth,
  budgetMs: number,
): Promise<boolean>
