/**
 * Calls `first` on the first signal that asks the process to end, and `again` on any further one. The same signal
 * within 200 ms counts once; `now` is a clock in milliseconds.
 */
export declare function onSignals(
  first: (signal: NodeJS.Signals) => void,
  again: (signal: NodeJS.Signals) => void,
  now?: () => number,
): void
