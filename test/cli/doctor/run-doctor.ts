import { setTimeout } from 'node:timers/promises'
import { z } from 'zod'
import { doctor } from '../../../cli/doctor/doctor.ts'
import { fakeTerminal } from '../fake-terminal.ts'

export interface DoctorRun {
  args?: string[]
  env?: Record<string, string>
}

const Report = z.strictObject({
  ok: z.boolean(),
  folder: z.string(),
  findings: z.array(
    z.strictObject({
      about: z.string(),
      state: z.enum(['ok', 'note', 'wrong']),
      found: z.string(),
      todo: z.string().optional(),
      facts: z.record(z.string(), z.unknown()).optional(),
    }),
  ),
})

/** Runs the doctor on an app, asking for the trace more often than in earnest; resolves to what it wrote. */
export async function runDoctor(folder: string, { args = [], env = {} }: DoctorRun = {}) {
  const terminal = fakeTerminal({ folder, env: doctorEnv(env), pause: () => setTimeout(50) })
  const status = await doctor(args, terminal)
  return { status, stdout: terminal.stdout.text, stderr: terminal.stderr.text }
}

/** Where nobody listens. */
export const NOWHERE = 'http://127.0.0.1:9'

/** The environment of a doctor that only what is given changes. */
export function doctorEnv(env: Record<string, string> = {}): NodeJS.ProcessEnv {
  const alone = 'OTEL_EXPORTER_OTLP_ENDPOINT' in env ? {} : ALONE
  return { PATH: process.env.PATH, ...alone, ...env }
}

/** What happens to run on this machine is nobody's concern, and a refusal is known at once. */
const ALONE = { OTEL_EXPORTER_OTLP_ENDPOINT: NOWHERE, OTEL_EXPORTER_OTLP_TIMEOUT: '500' }

/** The same as a report, and its findings by what they are about. */
export async function examined(folder: string, { args = [], ...run }: DoctorRun = {}) {
  const { status, stdout } = await runDoctor(folder, { ...run, args: ['--json', ...args] })
  const report = Report.parse(JSON.parse(stdout))
  /** What is said of a thing: its state, what was found, and what to do. */
  const said = (about: string): string => {
    const finding = report.findings.find((each) => each.about === about)
    if (finding === undefined) return 'nothing'
    return [finding.state, finding.found, finding.todo]
      .filter((part) => part !== undefined)
      .join(' | ')
  }
  return { status, report, said }
}
