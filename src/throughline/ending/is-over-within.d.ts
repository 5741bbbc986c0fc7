/** Whether `work` is over within `ms`; it goes on where it is not. */
export declare function isOverWithin(ms: number, work: Promise<unknown>): Promise<boolean>
