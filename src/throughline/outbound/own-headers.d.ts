import type { ClientRequest } from 'node:http'
/**
 * Leaves `headers`, by their names in lower case, out of what a call tells of its headers: they were added to it, for
 * its own host. A client that follows redirects by itself may give the next call all the headers of the last, as
 * superagent does; there they would count as set by the caller.
 */
export declare function keepFromCopies(
  request: ClientRequest,
  headers: Readonly<Record<string, string>>,
): void
