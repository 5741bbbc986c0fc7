import type { Evidence } from '../probe/evidence.ts'
import { type Finding, finding } from './finding.ts'

/** The name of the service on its spans. */
export function serviceFound({ probed }: Evidence): Finding {
  const service = probed?.service
  const { ok, note, wrong } = finding('service', service)
  if (service === undefined) return note('not known')
  const { name, from } = service
  if (from !== undefined) return ok(`${name}, by ${from}`)
  const todo = 'name it with OTEL_SERVICE_NAME, or in a package.json beside what is started'
  return wrong(`${name}: nothing names it`, todo)
}
