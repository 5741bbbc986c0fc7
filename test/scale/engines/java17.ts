import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { promisify } from 'node:util'

const execute = promisify(execFile)

const PLACES = [
  ...(process.env.JAVA_HOME ? [`${process.env.JAVA_HOME}/bin/java`] : []),
  '/usr/lib/jvm/java-17-openjdk-amd64/bin/java',
  '/usr/lib/jvm/java-17-openjdk-arm64/bin/java',
  '/usr/lib/jvm/java-17-openjdk/bin/java',
]

/** A java of version 17 in one of the usual places or on the PATH; rejects where there is none. */
export async function java17(): Promise<string> {
  for (const java of [...PLACES.filter((place) => existsSync(place)), 'java'])
    if ((await majorOf(java)) === 17) return java
  throw new Error('Cassandra 5.0 runs on Java 17: install openjdk-17-jre-headless')
}

async function majorOf(java: string): Promise<number | undefined> {
  try {
    const { stderr } = await execute(java, ['-version'])
    const [, major] = /version "(\d+)/.exec(stderr) ?? []
    return Number(major)
  } catch {
    return undefined
  }
}
