import type { Evidence } from '../probe/evidence.ts'
import type { Finding } from './finding.ts'

/** The name of the service on its spans. */
export function serviceName({ probed }: Evidence): Finding {
  const about = 'service'
  const service = probed?.service
  if (service === undefined) return { about, state: 'note', found: 'not known' }
  const { name, from } = service
  if (from !== undefined)
    return { about, state: 'ok', found: `${name}, by ${from}`, facts: service }
  const todo = 'name it with OTEL_SERVICE_NAME, or in a package.json beside what is started'
  return { about, state: 'wrong', found: `${name}: nothing names it`, todo, facts: service }
}
