import { z } from 'zod'

/**
 * An instrumentation of OpenTelemetry's, such as `new PgInstrumentation()`, from whatever version of its packages: the
 * types of none stand in ours.
 */
export interface Instrumentation {
  instrumentationName: string
  instrumentationVersion: string
  enable(): void
  disable(): void
  setTracerProvider(provider: unknown): void
  setMeterProvider(provider: unknown): void
  setLoggerProvider?(provider: unknown): void
  setConfig(config: { enabled?: boolean }): void
  getConfig(): { enabled?: boolean }
}

const Definitions = z.array(z.object({ name: z.string() }))

/** The modules that an instrumentation patches, by what one imports; none of one that patches no module. */
export function modulesOf(instrumentation: object): string[] {
  const list = Reflect.get(instrumentation, 'getModuleDefinitions')
  if (typeof list !== 'function') return []
  return Definitions.parse(list.call(instrumentation)).map(({ name }) => name)
}
