/** What the app's own package.json says of it. */
export interface AppPackage {
  /** Where package.json is. */
  path: string
  name: string
  version?: string | undefined
}
/**
 * The app's package: the nearest package.json with a name above `entry`, wherever this file was copied to; undefined
 * where there is none. One without a name only says how its folder is loaded (`{"type":"commonjs"}` in dist/), and one
 * in node_modules is a tool's that runs the app, such as ts-node: then the folder counts in which that was started.
 */
export declare function appPackage(entry?: string | undefined): AppPackage | undefined
