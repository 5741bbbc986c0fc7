/**
 * Patches node's own modules once, however often it is asked to; `patch` returns what takes its patch away.
 *
 * A test runner such as jest gives each test file a global of its own, and node's own modules to all of them alike:
 * there the patch of the file before gives way, which would keep all that the file had loaded.
 */
export declare function patchOnce(name: string, patch: () => () => void): void
