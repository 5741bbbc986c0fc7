import { setImmediate as turn } from 'node:timers/promises'
import { Connection } from './connection.ts'

export interface ArrivalOptions {
  url: string
  /** How many requests arrive a second, evenly. */
  rate: number
  seconds: number
  connections: number
  /** How long after the last was due an answer is waited for, in milliseconds. */
  patienceMs?: number
}

/** A load that is away for longer than this, in milliseconds, makes requests late. */
const LATE_MS = 1

/** What became of the requests. */
export interface Arrivals {
  /** How long each took, in milliseconds, from when it was due. */
  latencies: number[]
  /** How many were sent late because the load itself had no processor time: their times say nothing of the server. */
  late: number
}

/**
 * Sends requests at a fixed rate, whatever becomes of those before.
 *
 * A request's time counts from when it was due, also where it had to wait for a connection: a server that stops for
 * a while is charged for every request that would have arrived meanwhile, and not for one a connection. That is what
 * corrects for coordinated omission.
 */
export async function arrivals(options: ArrivalOptions): Promise<Arrivals> {
  const { url, rate, seconds, connections, patienceMs = 30_000 } = options
  const free = await Promise.all(
    Array.from({ length: connections }, () => Connection.open(new URL(url))),
  )
  const all = [...free]
  const total = Math.round(rate * seconds)
  const latencies: number[] = []
  let failure: Error | undefined
  let sent = 0
  let late = 0
  let lastTurn = performance.now()
  const start = performance.now()
  const dueAt = (request: number) => start + (request / rate) * 1000

  const send = (connection: Connection, due: number) => {
    connection.get((error) => {
      failure ??= error
      latencies.push(performance.now() - due)
      free.push(connection)
    })
  }

  try {
    // Busy, since a timer would be late by up to a millisecond, which is more than most answers take.
    while (latencies.length < total && failure === undefined) {
      while (sent < total && dueAt(sent) <= performance.now()) {
        const connection = free.pop()
        if (connection === undefined) break
        send(connection, dueAt(sent++))
      }
      await turn()
      const now = performance.now()
      // Between two turns there is next to nothing to do: a longer time was taken from us.
      if (now - lastTurn > LATE_MS) late += Math.round(((now - lastTurn) * rate) / 1000)
      lastTurn = now
      if (now - start > seconds * 1000 + patienceMs) {
        failure = new Error(`${total - latencies.length} of ${total} requests had no answer`)
      }
    }
  } finally {
    for (const connection of all) connection.close()
  }
  if (failure) throw failure
  return { latencies, late }
}
