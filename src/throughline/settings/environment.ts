import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import { appPackage } from './app-package.ts'
import { BadEnvironment } from './bad-environment.ts'

/** Environment variables by name, as in `process.env`. */
export type Environment = Readonly<Record<string, string | undefined>>

/** Reads the `.env` file beside package.json, where there is one, into `process.env`; what is set there wins. */
export function loadEnvFile(): void {
  const beside = appPackage()
  if (beside === undefined) return
  const path = join(dirname(beside.path), '.env')
  if (existsSync(path)) process.loadEnvFile(path)
}

/**
 * The variables of `schema` out of `env`, parsed; an empty value counts as unset, as OpenTelemetry's specification
 * has it for its own. Throws BadEnvironment, which names all bad values together.
 *
 * @example
 * parseEnvironment(z.object({ PORT: integer(0, 65535).default(3000) }), { PORT: '' }) // { PORT: 3000 }
 */
export function parseEnvironment<T>(schema: z.ZodType<T>, env: Environment): T {
  const given = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value.trim() !== ''),
  )
  const result = schema.safeParse(given)
  if (result.success) return result.data
  const complaints = new Set(result.error.issues.map((issue) => complaint(issue, env)))
  throw new BadEnvironment([...complaints].join('; '))
}

function complaint(issue: z.core.$ZodIssue, env: Environment): string {
  const name = String(issue.path[0])
  return `${name}=${shown(name, env[name])}: expected ${issue.message}`
}

/** The value, without what may be a secret in it: headers, what stands before an `@`, and a query. */
function shown(name: string, value: string | undefined): string {
  if (!value?.trim()) return '(its default)'
  if (name.includes('HEADERS')) return '(not shown)'
  const withoutUser = value.replace(/^(\s*\w+:\/\/)?(.*\?.*@.*|.*(?=@))/s, '$1(not shown)')
  return JSON.stringify(withoutUser.replace(/\?.*/s, '?(not shown)'))
}

/** A whole number from `min` to `max`. */
export function integer(min: number, max: number): z.ZodType<number> {
  const expected = `a whole number from ${min} to ${max}`
  return z
    .string()
    .regex(/^\s*\d+\s*$/, expected)
    .transform(Number)
    .refine((value) => value >= min && value <= max, { error: expected, abort: true })
}

/** A number from `min` to `max`. */
export function number(min: number, max: number): z.ZodType<number> {
  const expected = `a number from ${min} to ${max}`
  return z
    .string()
    .regex(/^\s*\d*\.?\d+(e-?\d+)?\s*$/i, expected)
    .transform(Number)
    .refine((value) => value >= min && value <= max, { error: expected, abort: true })
}

/** `true` or `false`, in any case. */
export function boolean(): z.ZodType<boolean> {
  return z
    .string()
    .trim()
    .toLowerCase()
    .pipe(z.enum(['true', 'false'], 'true or false'))
    .transform((value) => value === 'true')
}

/** One of `names`, which are in lower case, given in any case. */
export function oneOf<const T extends string>(...names: T[]): z.ZodType<T> {
  return z
    .string()
    .trim()
    .toLowerCase()
    .pipe(z.enum(names, `one of ${names.join(', ')}`))
}

/** A level of pino's, given in any case. */
export function logLevel(): z.ZodType<string> {
  return oneOf('trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent')
}

/** Some of `names`, which are in lower case, given in any case and separated by commas; each once. */
export function listOf<const T extends string>(...names: T[]): z.ZodType<T[]> {
  const expected = `a list of ${names.join(', ')}`
  return z
    .string()
    .toLowerCase()
    .transform((list) => list.split(',').map((name) => name.trim()))
    .transform((members) => [...new Set(members.filter((name) => name !== ''))])
    .pipe(z.array(z.enum(names, expected)).nonempty(expected))
}

/** An http or https URL. */
export function httpUrl(): z.ZodType<string> {
  return z
    .string()
    .trim()
    .pipe(z.url({ protocol: /^https?$/, error: 'an http:// or https:// URL' }))
}

/** The URL of a trace UI, without a slash at its end. */
export function traceUiUrl(): z.ZodType<string> {
  return httpUrl().transform((url) => url.replace(/\/+$/, ''))
}

/** What `read` gives; where the environment is bad, the process ends with one line on stderr and status 1. */
export function readOrExit<T>(read: () => T): T {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof BadEnvironment)) throw error
    process.stderr.write(`Cannot start: ${error.message}\n`)
    process.exit(1)
  }
}
