import { setTimeout } from 'node:timers/promises'
import { z } from 'zod'
import { doctor } from '../../../cli/doctor/doctor-command.ts'
import { Recorder } from '../recorder.ts'

export interface DoctorRun {
  args?: string[]
  env?: Record<string, string>
  limitMs?: number
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
export async function runDoctor(folder: string, { args = [], env = {}, limitMs }: DoctorRun = {}) {
  const stdout = new Recorder()
  const stderr = new Recorder()
  const status = await doctor(args, {
    ...{ stdout, stderr, folder },
    env: { PATH: process.env.PATH, ...('OTEL_EXPORTER_OTLP_ENDPOINT' in env ? {} : ALONE), ...env },
    pause: () => setTimeout(50),
    ...(limitMs !== undefined && { limitMs }),
  })
  return { status, stdout: stdout.text, stderr: stderr.text }
}

/** Where nobody listens. */
export const NOWHERE = 'http://127.0.0.1:9'

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
