import type { z } from 'zod'
import type { Pairs } from './pairs.ts'
/** `given` without the values that `schema` refuses and nothing reads: those cannot stop the start. */
export declare function withoutBadUnused(given: Pairs, schema: z.ZodType): Pairs
