import { BadEnvironment } from '../../src/throughline/settings/bad-environment.ts'

/** From where on each Node lets a hook see the CommonJS modules that it patches; an older one has no such hooks. */
const FIRST = new Map([
  [22, '22.22.3'],
  [24, '24.11.1'],
  [25, '25.1.0'],
])

/** Throws BadEnvironment on a Node that telemetry cannot start on. */
export function checkNodeVersion(version = process.versions.node): void {
  const major = Number.parseInt(version, 10)
  const first = FIRST.get(major)
  const isEnough = first === undefined ? major > 25 : !isBefore(version, first)
  if (!isEnough)
    throw new BadEnvironment(
      `Node ${version}: expected 22.22.3 or later of the 22s, 24.12 or later of the 24s, or 26 and later`,
    )
}

function isBefore(version: string, other: string): boolean {
  return version.localeCompare(other, 'en', { numeric: true }) < 0
}
