/** What `--import` names, so that telemetry is loaded first. */
export declare const REGISTER: string
/**
 * How one calls a command.
 *
 * @example
 * commandLine('pivot', 'abc-123') // 'npm run pivot -- abc-123'
 */
export declare function commandLine(command: string, args?: string): string
/** The folder with our package.json, and what of ours a command starts in a process of its own, as paths in it. */
export declare function ownFiles(): {
  root: string
  register: string
  app: string
  probe: string
}
