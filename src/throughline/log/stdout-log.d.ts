import { LogDestination } from './log-destination.ts'
/** The log on stdout, one for the process; stderr says where it cannot be written. */
export declare function stdoutLog(): LogDestination
/** Whether somebody takes what is written to stdout, as pm2 does in cluster mode: its descriptor would pass by them. */
export declare function isStdoutReplaced({ stdout }?: NodeJS.Process): boolean
