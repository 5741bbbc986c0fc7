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
import { packageFile } from '../src/package-file.ts'

const Package = z.object({
  name: z.string().default('throughline'),
  version: z.string().optional(),
})

/**
 * What the telemetry is about: the name and version of the app's package, an id for this process, and over them what
 * OTEL_RESOURCE_ATTRIBUTES and OTEL_SERVICE_NAME say. Never the process's command line, owner or environment.
 */
export function resourceOf(): Resource {
  const { name, version } = packageOf(packageFile())
  return defaultResource()
    .merge(resourceFromAttributes({ [ATTR_SERVICE_NAME]: name, [ATTR_SERVICE_VERSION]: version }))
    .merge(detectResources({ detectors: [serviceInstanceIdDetector] }))
    .merge(detectResources({ detectors: [resourceAttributesEnvDetector] }))
    .merge(detectResources({ detectors: [serviceNameEnvDetector] }))
}

function packageOf(path: string | undefined): z.infer<typeof Package> {
  return Package.parse(path === undefined ? {} : JSON.parse(readFileSync(path, 'utf8')))
}
