import { z } from 'zod'
import { PROBED, Probed } from './probe-line.ts'
import type { ProbeRun } from './run-probe.ts'

const Exported = z.object({ protocol: z.string(), endpoint: z.string() })
const signal = z.union([Exported, z.literal('none')]).catch('none')
const names = z.array(z.string()).catch([])

const On = z.object({
  msg: z.literal('telemetry on'),
  traces: signal,
  metrics: signal,
  logs: signal,
  sampler: z.string().catch(''),
  patched: names,
  unpatched: names,
  /** What an app has added. */
  instrumentations: names,
  reason: z.string().optional(),
})
const Off = z.object({ msg: z.literal('telemetry off'), reason: z.string() })
/** How the app tells of another SDK in our place: ours is off then. */
const AnotherSdk = z
  .object({ msg: z.literal('telemetry on'), sdk: z.string(), reason: z.string() })
  .transform(({ reason }) => ({ msg: 'telemetry off' as const, reason }))
/** What shows only when an app is served, or when a second SDK starts. */
const Later = z.object({
  msg: z.enum(['telemetry on, later', 'telemetry incomplete', 'telemetry twice']),
  patched: names,
  unpatched: names,
  reason: z.string().optional(),
})
const Failing = z.object({
  msg: z.literal('telemetry export failing'),
  signal: z.string(),
  reason: z.string(),
})
const OwnLine = Probed.extend({ msg: z.literal(PROBED) })
const Line = z.union([AnotherSdk, On, Off, Later, Failing, OwnLine])

/** What the probe's lines prove. */
export interface Evidence {
  /** What telemetry said of itself, all in all; undefined where it did not come to that. */
  start: z.infer<typeof On> | z.infer<typeof Off> | undefined
  /** Why the export of a signal failed, by its name. */
  failures: ReadonlyMap<string, string>
  /** The probe's own line; undefined where it did not come to its end. */
  probed: Probed | undefined
}

/** Reads the lines of a probe; what others write among them is passed over. */
export function evidenceIn({ stdout, stderr }: ProbeRun): Evidence {
  const failures = new Map<string, string>()
  const later: z.infer<typeof Later>[] = []
  const evidence: Evidence = { start: undefined, failures, probed: undefined }
  // On stderr are those from before the start.
  for (const line of `${stderr}\n${stdout}`.split('\n').flatMap(parsed)) {
    if (line.msg === PROBED) evidence.probed = line
    else if (line.msg === 'telemetry export failing') failures.set(line.signal, line.reason)
    else if (line.msg === 'telemetry on' || line.msg === 'telemetry off') evidence.start = line
    else later.push(line)
  }
  return { ...evidence, start: later.reduce(completed, evidence.start) }
}

function completed(start: Evidence['start'], more: z.infer<typeof Later>): Evidence['start'] {
  if (start?.msg !== 'telemetry on') return start
  return {
    ...start,
    patched: [...start.patched, ...more.patched],
    unpatched: [...start.unpatched, ...more.unpatched],
    reason: start.reason ?? more.reason,
  }
}

function parsed(text: string): z.infer<typeof Line>[] {
  try {
    const { data } = Line.safeParse(JSON.parse(text))
    return data === undefined ? [] : [data]
  } catch {
    return [] // no JSON: a preload's banner, say
  }
}
