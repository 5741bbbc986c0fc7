import type { TestContext } from 'node:test'
import { type Env, startApp } from '../e2e/app-process.ts'
import type { Tier } from './tier.ts'

/**
 * The app and its downstream, each on a gateway of its own, so that the spans of one trace come in by both. Nothing but
 * `OTEL_*` and the UI's address differs from an app with one Jaeger.
 */
export async function startApps(t: TestContext, { ui, gateways }: Tier, env: Env = {}) {
  const on = (gateway: string) => ({
    OTEL_EXPORTER_OTLP_ENDPOINT: gateway,
    // A second's patience less for whoever waits for a trace.
    OTEL_BSP_SCHEDULE_DELAY: '500',
    TRACE_UI_URL: ui,
    ...env,
  })
  const downstream = await startApp(t, {
    env: { ...on(gateways[1]), OTEL_SERVICE_NAME: 'downstream' },
  })
  const app = await startApp(t, {
    env: { ...on(gateways[0]), DOWNSTREAM_URL: `${downstream.url}/echo` },
  })
  return { app, downstream }
}
