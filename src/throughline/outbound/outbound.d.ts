import type { Hosts } from '../settings/hosts.ts'
/**
 * From now on every outbound HTTP call made in a request carries its `x-correlation-id`: `fetch`, undici,
 * `node:http` and `node:https`, whichever way they were imported, with the SDK or without. It leaves to the hosts
 * that `PROPAGATE_TO` names, each attempt and each hop looked at by itself; every host where it is not set. A header
 * that the caller set is left alone, and so is a node:http request whose headers are already on their way when it is
 * created (given as an array, or with `Expect`).
 */
export declare function propagateCorrelation(to?: Hosts | undefined): void
