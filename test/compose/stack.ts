import type { TestContext } from 'node:test'
import { fileURLToPath } from 'node:url'
import { type Line, startApp } from '../e2e/app-process.ts'
import { holdPort } from '../jaeger/held-port.ts'
import { startJaeger } from '../jaeger/start-jaeger.ts'
import { composeServices, type Variables } from './compose-file.ts'

/** Where a file beside package.json is. */
const root = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url))

/**
 * What docker-compose.yml starts, without Docker: a real Jaeger with collector-config.yaml, and the app and its
 * downstream with the environment that the file gives them. Only ports differ, and names of hosts.
 */
export async function startStack(
  t: TestContext,
  overrides: (jaeger: { otlp: string; grpc: string }) => Variables = () => ({}),
) {
  const [grpc, prometheus] = await Promise.all([holdPort(), holdPort()])
  await Promise.all([grpc.release(), prometheus.release()])
  const jaeger = await startJaeger(t, {
    config: root('collector-config.yaml'),
    set: [
      `receivers.otlp.protocols.grpc.endpoint=${grpc.address}`,
      `exporters.prometheus.endpoint=${prometheus.address}`,
      `extensions.jaeger_query.ui.config_file=${root('jaeger-ui.json')}`,
    ],
  })

  const addresses = {
    ...jaeger,
    grpc: `http://${grpc.address}`,
    metrics: `http://${prometheus.address}/metrics`,
  }

  const services = composeServices({ JAEGER_UI_PORT: new URL(jaeger.ui).port })
  const start = (service: { environment: Variables }, downstream = '') => {
    const local = Object.entries(service.environment).map(([name, value]) => [
      name,
      value
        .replace('http://jaeger:4318', jaeger.otlp)
        .replace('http://downstream:3000', downstream),
    ])
    return startApp(t, { env: { ...Object.fromEntries(local), ...overrides(addresses) } })
  }
  const downstream = await start(services.downstream)
  const app = await start(services.app, downstream.url)

  return {
    jaeger: addresses,
    app,
    downstream,
    /** The completion line of a request to this path with this id, which no other has had. */
    async request(path: string, correlationId: string, init: RequestInit = {}): Promise<Line> {
      const headers = { ...init.headers, 'x-correlation-id': correlationId }
      const response = await fetch(app.url + path, { ...init, headers })
      await response.text()
      return app.waitForLine(
        (line) => line.correlationId === correlationId && line.msg === 'request completed',
      )
    },
  }
}
