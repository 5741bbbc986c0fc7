/** A host that is called, as a name or an address, and its port; undefined where nobody can tell that. */
export interface Target {
  host: string
  port: number | undefined
}
/** Whether a host is among those that some patterns name. Apart from them, since the package's types name no zod. */
export type Hosts = (target: Target) => boolean
