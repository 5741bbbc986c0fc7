import { z } from 'zod'
import { PROBED, Probed } from './probe-line.ts'
import type { ProbeRun } from './run-probe.ts'

const Exported = z.object({ protocol: z.string(), endpoint: z.string() })
const signal = z.union([Exported, z.literal('none')]).catch('none')

const On = z.object({
  msg: z.literal('telemetry on'),
  traces: signal,
  metrics: signal,
  logs: signal,
  sampler: z.string().catch(''),
  patched: z.array(z.string()).catch([]),
  unpatched: z.array(z.string()).catch([]),
  reason: z.string().optional(),
})
const Off = z.object({
  msg: z.literal('telemetry off'),
  reason: z.string(),
  patched: z.array(z.string()).catch([]),
})
/** What shows only when an app is served. */
const Incomplete = z.object({
  msg: z.literal('telemetry incomplete'),
  unpatched: z.array(z.string()),
  reason: z.string(),
})
const Failing = z.object({
  msg: z.literal('telemetry export failing'),
  signal: z.string(),
  reason: z.string(),
})
const OwnLine = Probed.extend({ msg: z.literal(PROBED) })
const Line = z.union([On, Off, Incomplete, Failing, OwnLine])

/** What the probe's lines prove. */
export interface Evidence {
  /** Telemetry's own line at the start; undefined where it did not come to that. */
  start: z.infer<typeof On> | z.infer<typeof Off> | undefined
  /** Why the export of a signal failed, by its name. */
  failures: ReadonlyMap<string, string>
  /** The probe's own line; undefined where it did not come to its end. */
  probed: Probed | undefined
}

/** Reads the lines of a probe; what others write among them is passed over. */
export function evidenceIn({ stdout }: ProbeRun): Evidence {
  const failures = new Map<string, string>()
  const evidence: Evidence = { start: undefined, failures, probed: undefined }
  for (const line of stdout.split('\n').flatMap(parsed)) {
    if (line.msg === PROBED) evidence.probed = line
    else if (line.msg === 'telemetry export failing') failures.set(line.signal, line.reason)
    else if (line.msg === 'telemetry incomplete') evidence.start = completed(evidence.start, line)
    else evidence.start = line
  }
  return evidence
}

function completed(
  start: Evidence['start'],
  { unpatched, reason }: z.infer<typeof Incomplete>,
): Evidence['start'] {
  if (start?.msg !== 'telemetry on') return start
  return { ...start, unpatched: [...start.unpatched, ...unpatched], reason: start.reason ?? reason }
}

function parsed(text: string): z.infer<typeof Line>[] {
  try {
    const { data } = Line.safeParse(JSON.parse(text))
    return data === undefined ? [] : [data]
  } catch {
    return [] // no JSON: a preload's banner, say
  }
}
