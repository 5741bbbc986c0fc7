import { z } from 'zod'

/** The message of the probe's own line. */
export const PROBED = 'throughline doctor probed'

/** Where the probe finds the paths of what was loaded before our register. */
export const LOADED_EARLY = 'throughlineLoadedEarly'

/** What the probe is to load, and from where. */
export interface ProbeTask {
  /** Where the app's package.json is. */
  folder: string
  /** Whether the app is of ES modules, and so imports its libraries. */
  isModule: boolean
  /** The folders of the copies of each. */
  libraries: Record<'express' | 'pino' | 'undici', string[]>
}

/** What the probe has seen. */
export const Probed = z.object({
  traceId: z.string(),
  spanId: z.string(),
  /** Whether the sampler took the span. */
  sampled: z.boolean(),
  /** The version of OpenTelemetry's API under which everything is registered. */
  api: z.string().optional(),
  /** What holds the place of the spans, such as `NodeTracerProvider`; missing where nothing does. */
  holder: z.string().optional(),
  /** The service on its spans, and what gives it its name: a variable, a file, or nothing. */
  service: z.object({ name: z.string(), from: z.string().optional() }).optional(),
  traceUiUrl: z.string().optional(),
  /** The libraries that were loaded before our register. */
  early: z.array(z.string()),
  /** The libraries that are there and could not be loaded. */
  failed: z.array(z.object({ library: z.string(), reason: z.string() })),
})

export type Probed = z.infer<typeof Probed>
