import { z } from 'zod'
import {
  type Environment,
  httpUrl,
  integer,
  logLevel,
  parseEnvironment,
} from './throughline/settings/environment.ts'
import { settingVariables } from './throughline/settings/settings.ts'

/** A redis or rediss URL. */
function redisUrl(): z.ZodType<string> {
  const error = 'a redis:// or rediss:// URL'
  return z
    .string()
    .trim()
    .pipe(z.url({ protocol: /^rediss?$/, hostname: /./, error }))
}

/** The app's own variables. */
export const appVariables = z.object({
  PORT: integer(0, 65535).default(3000),
  HOST: z.string().optional(),
  LOG_LEVEL: logLevel().default('info'),
  DOWNSTREAM_URL: httpUrl().optional(),
  REDIS_URL: redisUrl().optional(),
})

/** The app's configuration. */
export interface Config {
  /** Where the app listens; port 0 picks a free one, and no host means all interfaces. */
  port: number
  host: string | undefined
  /** A pino level. */
  logLevel: string
  /** What `/proxy` calls; undefined means the app's own `/echo`. */
  downstreamUrl: string | undefined
  /** The Redis that orders go over, with its credentials; undefined means that they stay in the process. */
  redisUrl: string | undefined
}

/** The configuration in `env`; throws BadEnvironment, which names all bad values together, also of `throughline()`. */
export function readConfig(env: Environment): Config {
  const app = parseEnvironment(appVariables.and(settingVariables), env)
  return {
    port: app.PORT,
    host: app.HOST,
    logLevel: app.LOG_LEVEL,
    downstreamUrl: app.DOWNSTREAM_URL,
    redisUrl: app.REDIS_URL,
  }
}
