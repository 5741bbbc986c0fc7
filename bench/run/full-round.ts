import { busyMicros } from '../machine/core-time.ts'
import type { Measured, Round } from './measured.ts'
import type { Stage } from './stage.ts'

/** How long a server must have sent nothing before it is held: an export that is held on its way would time out. */
export const QUIET_MS = 30

/** Lets one server work under full load, alone on its core, for a round. */
export async function fullRound(
  measured: Measured,
  path: string,
  stage: Stage,
): Promise<Round & { requests: number }> {
  const { server, sink } = measured
  const { cores, plan, load } = stage
  server.letGo()
  const before = await server.tally()
  const busyBefore = cores && busyMicros(cores.server)
  const began = performance.now()
  const requestsPerSecond = await load({
    url: server.url + path,
    connections: plan.connections,
    seconds: plan.roundSeconds,
    core: cores?.others,
  })
  const micros = (performance.now() - began) * 1000
  const busyAfter = cores && busyMicros(cores.server)
  const after = await server.tally()
  await sink.quiet(QUIET_MS)
  server.hold()

  const cpuMicros = after.cpuMicros - before.cpuMicros
  const requests = after.requests - before.requests
  return {
    requests,
    busy: cpuMicros / micros,
    requestsPerSecond,
    cpuMicros: cpuMicros / requests,
    takenByOthers:
      busyBefore === undefined || busyAfter === undefined
        ? undefined
        : Math.max(0, (busyAfter - busyBefore - cpuMicros) / micros),
  }
}
