import type { Export } from '../sdk.ts'
/**
 * For a process that ends without `shutdown`, such as a script, a worker thread or a forked child: sends what is left
 * when there is nothing else to do, and says at the exit what was not sent. Returns how to leave the sending to
 * `shutdown`.
 */
export declare function endWithProcess(exports: Export[]): () => void
