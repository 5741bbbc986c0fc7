import type { Server } from 'node:http'
import type { Logger } from '../log/lines.ts'
/** Says on which port the server listens, once it does, or why it cannot, and what to do; the process ends then. */
export declare function announce(server: Server, logger: Logger): void
/** The port that it listens on; undefined before it does, and on a socket of the file system. */
export declare function portOf(server: Server): number | undefined
