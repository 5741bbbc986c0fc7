import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { onCore } from '../machine/cores.ts'
import { type FullLoad, output } from './wrk.ts'

const AUTOCANNON = fileURLToPath(
  new URL('../node_modules/autocannon/autocannon.js', import.meta.url),
)

const Report = z.object({
  duration: z.number(),
  errors: z.number(),
  non2xx: z.number(),
  '2xx': z.number(),
})

/** Full load by autocannon, where wrk is not installed: it takes more of its core, and so may itself be the limit. */
export const autocannon: FullLoad = async ({ url, connections, seconds, core }) => {
  const args = ['--json', '--connections', `${connections}`, '--duration', `${seconds}`, url]
  const text = await output(onCore(core, [process.execPath, AUTOCANNON, ...args]))
  const report = Report.parse(JSON.parse(text))
  const failed = report.errors + report.non2xx
  if (failed > 0) throw new Error(`requests failed under load: ${failed}`)
  return report['2xx'] / report.duration
}
