import {
  defaultResource,
  detectResources,
  type Resource,
  resourceFromAttributes,
  serviceInstanceIdDetector,
} from '@opentelemetry/resources'
import { ATTR_SERVICE_NAME, ATTR_SERVICE_VERSION } from '@opentelemetry/semantic-conventions'
import { z } from 'zod'
import { appPackage } from '../../src/throughline/settings/app-package.ts'
import { type Environment, parseEnvironment } from '../../src/throughline/settings/environment.ts'
import { pairs } from './pairs.ts'

/**
 * What the environment says of the resource. Read here, since the SDK's own reader drops all attributes in silence for
 * one that is over 255 characters, a limit that the specification does not know, or one that it cannot decode: of that
 * the specification wants to hear, so it stops the start.
 */
export const resourceVariables = z.object({
  OTEL_RESOURCE_ATTRIBUTES: pairs().default({}),
  OTEL_SERVICE_NAME: z.string().trim().optional(),
})

/** https://opentelemetry.io/docs/specs/semconv/resource/service/: for a service whose name nobody gives. */
const UNKNOWN = { name: 'unknown_service:node' }

/**
 * What the telemetry is about: the name and version of the app's package, an id for this process, and over them what
 * OTEL_RESOURCE_ATTRIBUTES and OTEL_SERVICE_NAME say. Never the process's command line, owner or environment.
 */
export function resourceOf(env: Environment = process.env): Resource {
  const said = parseEnvironment(resourceVariables, env)
  const serviceName = said.OTEL_SERVICE_NAME
  const { name, version }: { name: string; version?: string | undefined } = appPackage() ?? UNKNOWN
  // One without a value the SDK warns of, with each batch that it sends.
  const versioned = version === undefined ? {} : { [ATTR_SERVICE_VERSION]: version }
  return defaultResource()
    .merge(resourceFromAttributes({ [ATTR_SERVICE_NAME]: name, ...versioned }))
    .merge(detectResources({ detectors: [serviceInstanceIdDetector] }))
    .merge(resourceFromAttributes(said.OTEL_RESOURCE_ATTRIBUTES))
    .merge(resourceFromAttributes(serviceName ? { [ATTR_SERVICE_NAME]: serviceName } : {}))
}
