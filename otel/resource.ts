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
import { appPackage } from '../src/app-package.ts'

/** https://opentelemetry.io/docs/specs/semconv/resource/service/: for a service whose name nobody gives. */
const UNKNOWN = { name: 'unknown_service:node', version: undefined }

/**
 * What the telemetry is about: the name and version of the app's package, an id for this process, and over them what
 * OTEL_RESOURCE_ATTRIBUTES and OTEL_SERVICE_NAME say. Never the process's command line, owner or environment.
 */
export function resourceOf(): Resource {
  const { name, version } = appPackage() ?? UNKNOWN
  return defaultResource()
    .merge(resourceFromAttributes({ [ATTR_SERVICE_NAME]: name, [ATTR_SERVICE_VERSION]: version }))
    .merge(detectResources({ detectors: [serviceInstanceIdDetector] }))
    .merge(detectResources({ detectors: [resourceAttributesEnvDetector] }))
    .merge(detectResources({ detectors: [serviceNameEnvDetector] }))
}
