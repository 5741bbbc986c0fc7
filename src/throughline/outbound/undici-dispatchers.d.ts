/**
 * The prototypes of undici's dispatchers that can be found: those of the pools of each copy from npm that is loaded,
 * and those of the global dispatcher, which Node makes at the first fetch.
 */
export declare function dispatcherPrototypes(): Set<object>
