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
  getConfig(): {
    enabled?: boolean
  }
}
/** The modules that an instrumentation patches, by what one imports; none of one that patches no module. */
export declare function modulesOf(instrumentation: object): string[]
