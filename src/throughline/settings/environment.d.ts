import { z } from 'zod'
/** Environment variables by name, as in `process.env`. */
export type Environment = Readonly<Record<string, string | undefined>>
/** Reads the `.env` file beside package.json, where there is one, into `process.env`; what is set there wins. */
export declare function loadEnvFile(): void
/**
 * The variables of `schema` out of `env`, parsed; an empty value counts as unset, as OpenTelemetry's specification
 * has it for its own. Throws BadEnvironment, which names all bad values together.
 *
 * @example
 * parseEnvironment(z.object({ PORT: integer(0, 65535).default(3000) }), { PORT: '' }) // { PORT: 3000 }
 */
export declare function parseEnvironment<T>(schema: z.ZodType<T>, env: Environment): T
/** A whole number from `min` to `max`. */
export declare function integer(min: number, max: number): z.ZodType<number>
/** A number from `min` to `max`. */
export declare function number(min: number, max: number): z.ZodType<number>
/** `true` or `false`, in any case. */
export declare function boolean(): z.ZodType<boolean>
/** One of `names`, which are in lower case, given in any case. */
export declare function oneOf<const T extends string>(...names: T[]): z.ZodType<T>
/** Some of `names`, which are in lower case, given in any case and separated by commas; each once. */
export declare function listOf<const T extends string>(...names: T[]): z.ZodType<T[]>
/** An http or https URL. */
export declare function httpUrl(): z.ZodType<string>
/** What `read` gives; where the environment is bad, the process ends with one line on stderr and status 1. */
export declare function readOrExit<T>(read: () => T): T
