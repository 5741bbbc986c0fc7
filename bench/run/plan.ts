import { ROUTES } from '../servers/routes.ts'

/** How much is measured. */
export interface Plan {
  routes: readonly { path: string; rounds: number }[]
  /** Of a round and of the warm-up before it, in seconds; wrk takes whole ones. */
  roundSeconds: number
  connections: number
  starts: number
  latencyRounds: number
  latencySeconds: number
}

/** So many that the interval of 95 % leaves out the one disturbed round at either end. */
const MANY_ROUNDS = 9
const ROUNDS = 4

/** All of it, in about ten minutes. */
export const FULL: Plan = {
  routes: ROUTES.map((path) => ({ path, rounds: path === '/echo' ? MANY_ROUNDS : ROUNDS })),
  roundSeconds: 1,
  connections: 20,
  starts: 5,
  latencyRounds: 2,
  latencySeconds: 1,
}

/** What production may set: few variants, so that each has many rounds where it writes lines. */
export const PRODUCTION: Plan = {
  ...FULL,
  routes: [
    { path: '/lines', rounds: MANY_ROUNDS },
    { path: '/echo', rounds: MANY_ROUNDS },
  ],
}

/** A first look, in about a minute: whether it runs, and roughly where it stands. */
export const QUICK: Plan = {
  ...FULL,
  routes: [{ path: '/echo', rounds: 2 }],
  starts: 1,
  latencyRounds: 1,
  latencySeconds: 0.3,
}
