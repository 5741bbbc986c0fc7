import { readFileSync } from 'node:fs'
import {
  defaultResource,
  detectResources,
  type Resource,
  resourceAttributesEnvDetector,
  resourceFromAttributes,
  serviceInstanceIdDetector,
  serviceNameEnvDetector,
} from '@opentelemetry/resources'
import { ATTR_SERVICE_NAME, ATTR_SERVICE_VERSION } from '@opentelemetry/semantic-conventions'
import { z } from 'zod'

const Package = z.object({ name: z.string(), version: z.string() })

/**
 * What the telemetry is about: the package's name and version, an id for this process, and over them what
 * OTEL_RESOURCE_ATTRIBUTES and OTEL_SERVICE_NAME say. Never the process's command line, owner or environment.
 */
export function resourceOf(): Resource {
  const { name, version } = Package.parse(
    JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')),
  )
  return defaultResource()
    .merge(resourceFromAttributes({ [ATTR_SERVICE_NAME]: name, [ATTR_SERVICE_VERSION]: version }))
    .merge(detectResources({ detectors: [serviceInstanceIdDetector] }))
    .merge(detectResources({ detectors: [resourceAttributesEnvDetector] }))
    .merge(detectResources({ detectors: [serviceNameEnvDetector] }))
}
