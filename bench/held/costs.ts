import { runWithContext } from '../../src/throughline/identity/context.ts'
import { endedWell } from '../../src/throughline/log/held/failure.ts'
import { createLogger } from '../../src/throughline/log/logger.ts'
import { median } from '../statistics/quantile.ts'
import { type Estimate, ratio } from '../statistics/spread.ts'
import { LINES } from './lines.ts'

const ROUNDS = 60
/** Rounds in front of these, until the code is compiled. */
const WARM_UP = 10
const REQUESTS = 200
const LINES_A_REQUEST = 20

/** What becomes of a debug line in a request that ends well. */
const LOGGERS = {
  'left out': { level: 'info' },
  held: { level: 'info', levelOnFailure: 'debug' },
  written: { level: 'debug' },
}

type Kind = keyof typeof LOGGERS

/** What a line of some kind costs. */
export interface Cost {
  line: string
  /** In nanoseconds. */
  nanoseconds: Record<Kind, number>
  /** One that is held against one that is written. */
  heldToWritten: Estimate
}

/** Measures each line held, written and left out, in many short rounds that take turns. */
export function costs(rounds = ROUNDS): Cost[] {
  return Object.entries(LINES).map(([line, log]) => {
    const samples: Record<Kind, number[]> = { 'left out': [], held: [], written: [] }
    const runs = Object.entries(LOGGERS).map(([kind, options]) => {
      // Nobody reads them, so that what the system takes for writing is not counted against the written line.
      const logger = createLogger(options, { write() {} })
      return { kind, run: () => nanosecondsALine(() => log(logger)) }
    })
    for (let round = -WARM_UP; round < rounds; round++) {
      for (const { kind, run } of runs) {
        const nanoseconds = run()
        if (round >= 0 && isKind(kind)) samples[kind].push(nanoseconds)
      }
    }
    return {
      line,
      nanoseconds: {
        'left out': median(samples['left out']),
        held: median(samples.held),
        written: median(samples.written),
      },
      heldToWritten: ratio(samples.held, samples.written),
    }
  })
}

function isKind(kind: string): kind is Kind {
  return kind in LOGGERS
}

function nanosecondsALine(line: () => void): number {
  const begun = process.hrtime.bigint()
  for (let request = 0; request < REQUESTS; request++) {
    const own = { correlationId: 'abc-123', startedAt: 0 }
    runWithContext(own, () => {
      for (let i = 0; i < LINES_A_REQUEST; i++) line()
    })
    endedWell(own)
  }
  return Number(process.hrtime.bigint() - begun) / (REQUESTS * LINES_A_REQUEST)
}
