import getPort from 'get-port'

/**
 * `wanted` where the app can listen on it, else a port that is free, with what is to be said of that; no host means all
 * interfaces.
 */
export async function appPort(wanted: number, host?: string) {
  const port = await getPort({ port: wanted, ...(host !== undefined && { host }) })
  if (wanted === 0 || wanted === port) return { port, remarks: [] }
  return { port, remarks: [`Port ${wanted} is taken: the app listens on ${port} instead.`] }
}
