import { z } from 'zod'

/** The message of the probe's own line. */
export const PROBED = 'throughline doctor probed'

const Probed = z.object({
  msg: z.literal(PROBED),
  traceId: z.string(),
  spanId: z.string(),
  /** Whether the sampler took the span. */
  sampled: z.boolean(),
  /** The version of OpenTelemetry's API under which everything is registered. */
  api: z.string().optional(),
  /** What holds the place of the spans, such as `NodeTracerProvider`; missing where nothing does. */
  holder: z.string().optional(),
  /** The service on its spans, and what gives it its name: a variable, a file, or nothing. */
  service: z.object({ name: z.string(), from: z.string().optional() }).optional(),
  traceUiUrl: z.string().optional(),
  /** The libraries that were loaded before our register. */
  early: z.array(z.string()),
  /** The libraries that are there and could not be loaded. */
  failed: z.array(z.object({ library: z.string(), reason: z.string() })),
})

/** What the probe has seen. */
export type Probed = z.infer<typeof Probed>

const Exported = z.object({ protocol: z.string(), endpoint: z.string() })
const signal = z.union([Exported, z.literal('none')]).catch('none')
const names = z.array(z.string()).catch([])

/** What telemetry has started with, and what shows only when an app is served, or when a second SDK starts. */
const On = z.object({
  msg: z.enum(['telemetry on', 'telemetry on, later', 'telemetry incomplete', 'telemetry twice']),
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
type On = z.infer<typeof On>
const Off = z.object({ msg: z.literal('telemetry off'), reason: z.string() })
/** How the app tells of another SDK in our place: ours is off then. */
const AnotherSdk = z
  .object({ msg: z.literal('telemetry on'), sdk: z.string(), reason: z.string() })
  .transform(({ reason }) => ({ msg: 'telemetry off' as const, reason }))
const Failing = z.object({
  msg: z.literal('telemetry export failing'),
  signal: z.string(),
  reason: z.string(),
})
const Line = z.union([AnotherSdk, On, Off, Failing, Probed])

/** What a process has written, and how it ended. */
export interface ProbeRun {
  stdout: string
  stderr: string
  /** Undefined where a signal ended it. */
  status: number | undefined
  /** Whether it had to be ended by us. */
  hung: boolean
}

/** What a run of the probe proves. */
export interface Evidence {
  run: ProbeRun
  /** Whether the probe had our register although the app's start has not. */
  isAdded: boolean
  /** What telemetry said of itself, all in all; undefined where it did not start. */
  on: On | undefined
  /** Why telemetry of ours is off; undefined where it did not say so. */
  off: string | undefined
  /** Why the export of a signal failed, by its name. */
  failures: ReadonlyMap<string, string>
  /** The probe's own line; undefined where it did not come to its end. */
  probed: Probed | undefined
}

/** Reads the lines of a probe; what others write among them is passed over. */
export function evidenceIn(run: ProbeRun): Evidence {
  const failures = new Map<string, string>()
  const later: On[] = []
  let on: On | undefined
  let off: string | undefined
  let probed: Probed | undefined
  // On stderr are those from before the start.
  for (const line of `${run.stderr}\n${run.stdout}`.split('\n').flatMap(parsed)) {
    if (line.msg === PROBED) probed = line
    else if (line.msg === 'telemetry export failing') failures.set(line.signal, line.reason)
    else if (line.msg === 'telemetry off') [on, off] = [undefined, line.reason]
    else if (line.msg === 'telemetry on') [on, off] = [line, undefined]
    else later.push(line)
  }
  return { run, isAdded: false, on: on && later.reduce(completed, on), off, failures, probed }
}

function completed(on: On, { patched, unpatched, reason }: On): On {
  return {
    ...on,
    patched: [...on.patched, ...patched],
    unpatched: [...on.unpatched, ...unpatched],
    reason: on.reason ?? reason,
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
