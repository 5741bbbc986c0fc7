import { type Resource } from '@opentelemetry/resources'
import { z } from 'zod'
import { type Environment } from '../../src/throughline/settings/environment.ts'
/**
 * What the environment says of the resource. Read here, since the SDK's own reader drops all attributes in silence for
 * one that is over 255 characters, a limit that the specification does not know, or one that it cannot decode: of that
 * the specification wants to hear, so it stops the start.
 */
export declare const resourceVariables: z.ZodObject<
  {
    OTEL_RESOURCE_ATTRIBUTES: z.ZodDefault<
      z.ZodType<
        import('./pairs.ts').Pairs,
        unknown,
        z.core.$ZodTypeInternals<import('./pairs.ts').Pairs, unknown>
      >
    >
    OTEL_SERVICE_NAME: z.ZodOptional<z.ZodString>
  },
  z.core.$strip
>
/**
 * What the telemetry is about: the name and version of the app's package, an id for this process, and over them what
 * OTEL_RESOURCE_ATTRIBUTES and OTEL_SERVICE_NAME say. Never the process's command line, owner or environment.
 */
export declare function resourceOf(env?: Environment): Resource
