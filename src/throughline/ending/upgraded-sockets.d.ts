import type { Server } from 'node:http'
/** The connections of a server that have left HTTP, such as WebSockets: they hold it open for as long as they like. */
export interface UpgradedSockets {
  /** Resolves when the server has no other connection. */
  alone(): Promise<void>
  /** Ends each as soon as what is written to it is sent; resolves when all are closed. */
  end(): Promise<void>
  cutOff(): void
}
/** Follows the upgraded sockets of `server` from now on. */
export declare function upgradedSockets(server: Server): UpgradedSockets
/** Whether a listener for upgrades or tunnels only looks on, and takes none. */
export declare function isOnlooker(listener: object): boolean
