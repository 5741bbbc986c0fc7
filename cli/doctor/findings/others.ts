import type { Copy } from '../app/installed.ts'
import type { Launch } from '../app/launch.ts'
import { type Finding, finding, listed } from './finding.ts'

/** What starts an SDK or an agent of its own, beside which ours has no place, and what such an SDK is made of. */
const OTHERS = new Set([
  '@aws/aws-distro-opentelemetry-node-autoinstrumentation',
  '@azure/monitor-opentelemetry',
  '@dynatrace/oneagent',
  '@elastic/opentelemetry-node',
  '@google-cloud/trace-agent',
  '@honeycombio/opentelemetry-node',
  '@hyperdx/node-opentelemetry',
  '@instana/collector',
  '@opentelemetry/auto-instrumentations-node',
  '@opentelemetry/sdk-node',
  '@opentelemetry/sdk-trace',
  '@opentelemetry/sdk-trace-base',
  '@opentelemetry/sdk-trace-node',
  '@sentry/nestjs',
  '@sentry/node',
  '@splunk/otel',
  '@uptrace/node',
  '@vercel/otel',
  'appdynamics',
  'applicationinsights',
  'atatus-nodejs',
  'aws-xray-sdk',
  'aws-xray-sdk-core',
  'dd-trace',
  'elastic-apm-node',
  'newrelic',
  'skywalking-backend-js',
  'solarwinds-apm',
])

/** Whether a package, a part of one such as `dd-trace/init`, or a path to one is of another SDK or agent. */
export function isOther(name: string): boolean {
  const [path = '', ...inside] = name.replaceAll('\\', '/').split('node_modules/')
  return OTHERS.has(/^(@[^/]+\/)?[^/]+/.exec(inside.at(-1) ?? path)?.[0] ?? '')
}

/**
 * Other SDKs and agents: loaded by the start they are wrong; only installed, they may never be started. Where the app
 * is of these sources, `isOwn`, what they are made with is no other's.
 */
export function others(installed: readonly Copy[], { preloads }: Launch, isOwn: boolean): Finding {
  const copies = installed.filter(({ name, via }) => isOther(name) && !(isOwn && via === name))
  const loaded = preloads.filter((each) => isOther(each.name))
  const { ok, note, wrong } = finding('others', {
    loaded: loaded.map(({ from, name }) => ({ from, name })),
    installed: copies,
  })
  if (loaded.length > 0) {
    const each = loaded.map(({ from, name }) => `${name} in ${placeOf(from)}`)
    if (!preloads.some(({ isOurs }) => isOurs)) return note(`${listed(each)}, without our register`)
    const found = `${listed(each)}, beside which spans are missing or made twice`
    return wrong(found, 'take it out, or do without our register')
  }
  // What one of them brings is its own affair.
  const own = copies.filter(({ name, via }) => via === name || !isOther(via))
  if (own.length === 0) return ok('no other SDK or agent')
  const named = listed(own.map(({ name, version }) => `${name} ${version}`))
  return note(`${named} installed: see that the app starts none of it beside ours`)
}

/** Where a preload is asked for, in words. */
export function placeOf(from: Launch['preloads'][number]['from']): string {
  return from === 'start' ? 'the start script' : from
}
