/** Throws BadEnvironment on a Node that telemetry cannot start on. */
export declare function checkNodeVersion(version?: string): void
