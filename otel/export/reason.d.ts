/** What was thrown, in words; an error of several, as of each address of a host, has only a code. */
export declare function reasonOf(error: unknown): string
