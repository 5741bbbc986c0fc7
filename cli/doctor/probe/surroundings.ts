import { ATTR_SERVICE_NAME } from '@opentelemetry/semantic-conventions'
import { resourceOf, resourceVariables } from '../../../otel/settings/resource.ts'
import { sharedApi } from '../../../src/throughline/identity/shared-api.ts'
import { appPackage } from '../../../src/throughline/settings/app-package.ts'
import { BadEnvironment } from '../../../src/throughline/settings/bad-environment.ts'
import {
  type Environment,
  parseEnvironment,
} from '../../../src/throughline/settings/environment.ts'

/** The version of OpenTelemetry's API that was there first: all copies keep what is registered in one place. */
export function apiVersion(): string | undefined {
  const version = sharedApi()?.version
  return typeof version === 'string' ? version : undefined
}

/** The libraries that files are of. */
export function librariesOf(paths: readonly string[]): string[] {
  return [...new Set(paths.flatMap((path) => LIBRARY.exec(path)?.[1] ?? []))]
}

const LIBRARY = /[/\\]node_modules[/\\](express|pino|undici)[/\\][^/\\]+$/

/** The name that spans have for the service, and what gives it; undefined where the environment is bad. */
export function serviceOf(
  env: Environment,
): { name: string; from: string | undefined } | undefined {
  try {
    const name = String(resourceOf(env).attributes[ATTR_SERVICE_NAME])
    return { name, from: sourceOf(parseEnvironment(resourceVariables, env)) }
  } catch (error) {
    if (error instanceof BadEnvironment) return undefined
    throw error
  }
}

function sourceOf(said: ReturnType<typeof resourceVariables.parse>): string | undefined {
  if (said.OTEL_SERVICE_NAME) return 'OTEL_SERVICE_NAME'
  if (ATTR_SERVICE_NAME in said.OTEL_RESOURCE_ATTRIBUTES) return 'OTEL_RESOURCE_ATTRIBUTES'
  return appPackage()?.path
}
