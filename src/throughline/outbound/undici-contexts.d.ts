/**
 * From now on undici, Node's own and npm's, works on a call in the context in which the call was made. Left alone it
 * works in the context of the connection, that is, of the call that opened it: what repeats a call from there, such
 * as a retry, a redirect or the queue of a pool, sends it with the identities of another request.
 *
 * Returns what leaves undici as it was.
 */
export declare function keepUndiciContexts(): () => void
