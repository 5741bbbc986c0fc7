export interface ServerTracing {
  /** Whether durations are exported: a metric that nobody reads costs all the same. */
  metrics: boolean
  /** The methods that spans are named after; any other is `_OTHER`. */
  knownMethods: readonly string[]
  /** Told of each server and request with an Express that no hook saw, whose mounts are unknown. */
  onUnseenExpress(): void
  /** Told when a server listens: what an app loads late is loaded by then. */
  onListening(): void
}
/**
 * Gives each request to a server of node:http and node:https its span, and its duration where that is exported, by
 * the stable semantic conventions (https://opentelemetry.io/docs/specs/semconv/http/http-spans/#http-server-span).
 * Health checks are not traced, nor is what they start. An upgrade and a CONNECT are no requests to Node, and get none.
 */
export declare function traceServers(options: ServerTracing): void
/** Whether an event of a server still gets here: who took our place does not pass it on, who wrapped us does. */
export declare function areServersTraced(): boolean
